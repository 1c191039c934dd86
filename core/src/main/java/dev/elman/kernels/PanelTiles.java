package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link PackedTiles} for a single row, which is read as it lies: a stream's step. */
final class PanelTiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private PanelTiles() {}

  static void row1(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] s,
      int sAt,
      float[] c,
      int cAt,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + last);
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, bAt + 2 * L * j);
      FloatVector v = FloatVector.fromArray(S, b, bAt + 2 * L * j + L);
      FloatVector t = FloatVector.broadcast(S, a[aAt + j]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + last);
  }

  /**
   * One row and two panels side by side, the second {@code panel} floats after the first.
   *
   * <p>Two steps of the sum in a turn, not for the pace: it makes the method too large for the JIT
   * to inline (325 bytes of code). Inlined into a whole layer, in one process of five it boxed
   * every vector, at a thirteenth of the speed.
   */
  static void row1Twice(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int panel,
      float[] s,
      int sAt,
      float[] c,
      int cAt,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + L);
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + 2 * L);
    FloatVector y1 = FloatVector.fromArray(S, s, sAt + 2 * L + last);
    int j = 0;
    for (; j < k - 1; j += 2) {
      int at = bAt + 2 * L * j;
      FloatVector t = FloatVector.broadcast(S, a[aAt + j]);
      x0 = t.fma(FloatVector.fromArray(S, b, at), x0);
      x1 = t.fma(FloatVector.fromArray(S, b, at + L), x1);
      y0 = t.fma(FloatVector.fromArray(S, b, at + panel), y0);
      y1 = t.fma(FloatVector.fromArray(S, b, at + panel + L), y1);
      t = FloatVector.broadcast(S, a[aAt + j + 1]);
      x0 = t.fma(FloatVector.fromArray(S, b, at + 2 * L), x0);
      x1 = t.fma(FloatVector.fromArray(S, b, at + 3 * L), x1);
      y0 = t.fma(FloatVector.fromArray(S, b, at + panel + 2 * L), y0);
      y1 = t.fma(FloatVector.fromArray(S, b, at + panel + 3 * L), y1);
    }
    if (j < k) {
      int at = bAt + 2 * L * j;
      FloatVector t = FloatVector.broadcast(S, a[aAt + j]);
      x0 = t.fma(FloatVector.fromArray(S, b, at), x0);
      x1 = t.fma(FloatVector.fromArray(S, b, at + L), x1);
      y0 = t.fma(FloatVector.fromArray(S, b, at + panel), y0);
      y1 = t.fma(FloatVector.fromArray(S, b, at + panel + L), y1);
    }
    x0.intoArray(c, cAt);
    x1.intoArray(c, cAt + L);
    y0.intoArray(c, cAt + 2 * L);
    y1.intoArray(c, cAt + 2 * L + last);
  }
}
