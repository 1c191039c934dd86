package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops: C {@code [rows, 2·L]} = start + A {@code [rows, k]} · one panel of B.
 *
 * <p>L floats fill a vector. A tile of six rows and two vectors holds its twelve sums in registers
 * for the whole of k, so each number of B that is loaded is used six times; the smaller tiles, and
 * those of {@link PackedTiles}, are for the rows left over. {@code start} is zeros, a bias row
 * (stride 0) or C itself. The second vector of C begins {@code last} columns after the first: L, or
 * less in the last panel, where the two overlap and agree, so that nothing is written beyond the
 * row.
 *
 * <p>Every sum runs over j in order, one fused multiply-add a step, in every tile alike: that is
 * why a row has the same bits whichever tile it falls into.
 *
 * <p>How an index is written decides whether the JIT keeps the sums in registers: {@code j} first,
 * and a running index of B for six rows, gave 77 (JDK 17) and 97 (JDK 25) of 100 GFLOP/s on AVX2;
 * the same sums with {@code j} last gave 40. Measure before touching it.
 */
final class PanelTiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private PanelTiles() {}

  static void rows6(
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + last);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + sStride);
    FloatVector y1 = FloatVector.fromArray(S, s, sAt + sStride + last);
    FloatVector x2 = FloatVector.fromArray(S, s, sAt + 2 * sStride);
    FloatVector y2 = FloatVector.fromArray(S, s, sAt + 2 * sStride + last);
    FloatVector x3 = FloatVector.fromArray(S, s, sAt + 3 * sStride);
    FloatVector y3 = FloatVector.fromArray(S, s, sAt + 3 * sStride + last);
    FloatVector x4 = FloatVector.fromArray(S, s, sAt + 4 * sStride);
    FloatVector y4 = FloatVector.fromArray(S, s, sAt + 4 * sStride + last);
    FloatVector x5 = FloatVector.fromArray(S, s, sAt + 5 * sStride);
    FloatVector y5 = FloatVector.fromArray(S, s, sAt + 5 * sStride + last);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[j + aAt + aStride]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[j + aAt + 2 * aStride]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[j + aAt + 3 * aStride]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[j + aAt + 4 * aStride]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      t = FloatVector.broadcast(S, a[j + aAt + 5 * aStride]);
      x5 = t.fma(u, x5);
      y5 = t.fma(v, y5);
      at += 2 * L;
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + last);
    x1.intoArray(c, cAt + cStride);
    y1.intoArray(c, cAt + cStride + last);
    x2.intoArray(c, cAt + 2 * cStride);
    y2.intoArray(c, cAt + 2 * cStride + last);
    x3.intoArray(c, cAt + 3 * cStride);
    y3.intoArray(c, cAt + 3 * cStride + last);
    x4.intoArray(c, cAt + 4 * cStride);
    y4.intoArray(c, cAt + 4 * cStride + last);
    x5.intoArray(c, cAt + 5 * cStride);
    y5.intoArray(c, cAt + 5 * cStride + last);
  }

  static void rows5(
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + last);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + sStride);
    FloatVector y1 = FloatVector.fromArray(S, s, sAt + sStride + last);
    FloatVector x2 = FloatVector.fromArray(S, s, sAt + 2 * sStride);
    FloatVector y2 = FloatVector.fromArray(S, s, sAt + 2 * sStride + last);
    FloatVector x3 = FloatVector.fromArray(S, s, sAt + 3 * sStride);
    FloatVector y3 = FloatVector.fromArray(S, s, sAt + 3 * sStride + last);
    FloatVector x4 = FloatVector.fromArray(S, s, sAt + 4 * sStride);
    FloatVector y4 = FloatVector.fromArray(S, s, sAt + 4 * sStride + last);
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, bAt + 2 * L * j);
      FloatVector v = FloatVector.fromArray(S, b, bAt + 2 * L * j + L);
      FloatVector t = FloatVector.broadcast(S, a[j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[j + aAt + aStride]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[j + aAt + 2 * aStride]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[j + aAt + 3 * aStride]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[j + aAt + 4 * aStride]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + last);
    x1.intoArray(c, cAt + cStride);
    y1.intoArray(c, cAt + cStride + last);
    x2.intoArray(c, cAt + 2 * cStride);
    y2.intoArray(c, cAt + 2 * cStride + last);
    x3.intoArray(c, cAt + 3 * cStride);
    y3.intoArray(c, cAt + 3 * cStride + last);
    x4.intoArray(c, cAt + 4 * cStride);
    y4.intoArray(c, cAt + 4 * cStride + last);
  }

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
}
