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

  /** One row and two panels side by side, the second {@code panel} floats after the first. */
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
    for (int j = 0; j < k; j++) {
      FloatVector t = FloatVector.broadcast(S, a[aAt + j]);
      x0 = t.fma(FloatVector.fromArray(S, b, bAt + 2 * L * j), x0);
      x1 = t.fma(FloatVector.fromArray(S, b, bAt + 2 * L * j + L), x1);
      y0 = t.fma(FloatVector.fromArray(S, b, bAt + panel + 2 * L * j), y0);
      y1 = t.fma(FloatVector.fromArray(S, b, bAt + panel + 2 * L * j + L), y1);
    }
    x0.intoArray(c, cAt);
    x1.intoArray(c, cAt + L);
    y0.intoArray(c, cAt + 2 * L);
    y1.intoArray(c, cAt + 2 * L + last);
  }

  /** One row and four panels side by side. */
  static void row1FourTimes(
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
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + L);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + 2 * L);
    FloatVector y1 = FloatVector.fromArray(S, s, sAt + 3 * L);
    FloatVector x2 = FloatVector.fromArray(S, s, sAt + 4 * L);
    FloatVector y2 = FloatVector.fromArray(S, s, sAt + 5 * L);
    FloatVector x3 = FloatVector.fromArray(S, s, sAt + 6 * L);
    FloatVector y3 = FloatVector.fromArray(S, s, sAt + 6 * L + last);
    for (int j = 0; j < k; j++) {
      FloatVector t = FloatVector.broadcast(S, a[aAt + j]);
      x0 = t.fma(FloatVector.fromArray(S, b, bAt + 2 * L * j), x0);
      y0 = t.fma(FloatVector.fromArray(S, b, bAt + 2 * L * j + L), y0);
      x1 = t.fma(FloatVector.fromArray(S, b, bAt + panel + 2 * L * j), x1);
      y1 = t.fma(FloatVector.fromArray(S, b, bAt + panel + 2 * L * j + L), y1);
      x2 = t.fma(FloatVector.fromArray(S, b, bAt + 2 * panel + 2 * L * j), x2);
      y2 = t.fma(FloatVector.fromArray(S, b, bAt + 2 * panel + 2 * L * j + L), y2);
      x3 = t.fma(FloatVector.fromArray(S, b, bAt + 3 * panel + 2 * L * j), x3);
      y3 = t.fma(FloatVector.fromArray(S, b, bAt + 3 * panel + 2 * L * j + L), y3);
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + L);
    x1.intoArray(c, cAt + 2 * L);
    y1.intoArray(c, cAt + 3 * L);
    x2.intoArray(c, cAt + 4 * L);
    y2.intoArray(c, cAt + 5 * L);
    x3.intoArray(c, cAt + 6 * L);
    y3.intoArray(c, cAt + 6 * L + last);
  }

  /** One row and a panel one vector wide. */
  static void narrowRow1(
      int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, float[] c, int cAt) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, bAt + L * j);
      FloatVector t = FloatVector.broadcast(S, a[aAt + j]);
      x0 = t.fma(u, x0);
    }
    x0.intoArray(c, cAt);
  }
}
