package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of a weight gradient: C {@code [rows, 2·L or L]} += columns of A times a panel of B.
 *
 * <p>The columns are packed side by side, {@link #PITCH} floats from one token to the next; the
 * rest is as in {@link PanelTiles}. {@code one} is 1, the distance of two columns: a JIT that knew
 * it would load six columns at once and have no registers left for the sums (40 instead of 95
 * GFLOP/s).
 */
final class ColumnTiles {

  /** Floats that a token takes of a packed group of columns. */
  static final int PITCH = 8;

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private ColumnTiles() {}

  static void wide6(
      int k,
      float[] a,
      int aAt,
      int one,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, c, cAt);
    FloatVector y0 = FloatVector.fromArray(S, c, cAt + last);
    FloatVector x1 = FloatVector.fromArray(S, c, cAt + cStride);
    FloatVector y1 = FloatVector.fromArray(S, c, cAt + cStride + last);
    FloatVector x2 = FloatVector.fromArray(S, c, cAt + 2 * cStride);
    FloatVector y2 = FloatVector.fromArray(S, c, cAt + 2 * cStride + last);
    FloatVector x3 = FloatVector.fromArray(S, c, cAt + 3 * cStride);
    FloatVector y3 = FloatVector.fromArray(S, c, cAt + 3 * cStride + last);
    FloatVector x4 = FloatVector.fromArray(S, c, cAt + 4 * cStride);
    FloatVector y4 = FloatVector.fromArray(S, c, cAt + 4 * cStride + last);
    FloatVector x5 = FloatVector.fromArray(S, c, cAt + 5 * cStride);
    FloatVector y5 = FloatVector.fromArray(S, c, cAt + 5 * cStride + last);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + one]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 2 * one]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 3 * one]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 4 * one]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 5 * one]);
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

  static void wide4(
      int k,
      float[] a,
      int aAt,
      int one,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, c, cAt);
    FloatVector y0 = FloatVector.fromArray(S, c, cAt + last);
    FloatVector x1 = FloatVector.fromArray(S, c, cAt + cStride);
    FloatVector y1 = FloatVector.fromArray(S, c, cAt + cStride + last);
    FloatVector x2 = FloatVector.fromArray(S, c, cAt + 2 * cStride);
    FloatVector y2 = FloatVector.fromArray(S, c, cAt + 2 * cStride + last);
    FloatVector x3 = FloatVector.fromArray(S, c, cAt + 3 * cStride);
    FloatVector y3 = FloatVector.fromArray(S, c, cAt + 3 * cStride + last);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + one]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 2 * one]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 3 * one]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
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
  }

  static void narrow6(
      int k, float[] a, int aAt, int one, float[] b, int bAt, float[] c, int cAt, int cStride) {
    FloatVector x0 = FloatVector.fromArray(S, c, cAt);
    FloatVector x1 = FloatVector.fromArray(S, c, cAt + cStride);
    FloatVector x2 = FloatVector.fromArray(S, c, cAt + 2 * cStride);
    FloatVector x3 = FloatVector.fromArray(S, c, cAt + 3 * cStride);
    FloatVector x4 = FloatVector.fromArray(S, c, cAt + 4 * cStride);
    FloatVector x5 = FloatVector.fromArray(S, c, cAt + 5 * cStride);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + one]);
      x1 = t.fma(u, x1);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 2 * one]);
      x2 = t.fma(u, x2);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 3 * one]);
      x3 = t.fma(u, x3);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 4 * one]);
      x4 = t.fma(u, x4);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 5 * one]);
      x5 = t.fma(u, x5);
      at += L;
    }
    x0.intoArray(c, cAt);
    x1.intoArray(c, cAt + cStride);
    x2.intoArray(c, cAt + 2 * cStride);
    x3.intoArray(c, cAt + 3 * cStride);
    x4.intoArray(c, cAt + 4 * cStride);
    x5.intoArray(c, cAt + 5 * cStride);
  }

  static void narrow4(
      int k, float[] a, int aAt, int one, float[] b, int bAt, float[] c, int cAt, int cStride) {
    FloatVector x0 = FloatVector.fromArray(S, c, cAt);
    FloatVector x1 = FloatVector.fromArray(S, c, cAt + cStride);
    FloatVector x2 = FloatVector.fromArray(S, c, cAt + 2 * cStride);
    FloatVector x3 = FloatVector.fromArray(S, c, cAt + 3 * cStride);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + one]);
      x1 = t.fma(u, x1);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 2 * one]);
      x2 = t.fma(u, x2);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 3 * one]);
      x3 = t.fma(u, x3);
      at += L;
    }
    x0.intoArray(c, cAt);
    x1.intoArray(c, cAt + cStride);
    x2.intoArray(c, cAt + 2 * cStride);
    x3.intoArray(c, cAt + 3 * cStride);
  }
}
