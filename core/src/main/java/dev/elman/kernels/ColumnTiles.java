package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of a weight gradient: C {@code [4, 2·L]} += four columns of A, packed token by token,
 * times one panel of B; otherwise as {@link PanelTiles}.
 */
final class ColumnTiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private ColumnTiles() {}

  static void wide(
      int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride, int last) {
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
      FloatVector t = FloatVector.broadcast(S, a[aAt + 4 * j]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[aAt + 4 * j + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[aAt + 4 * j + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[aAt + 4 * j + 3]);
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

  /** C {@code [4, L]}, for the panel that is one vector wide. */
  static void narrow(
      int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride) {
    FloatVector x0 = FloatVector.fromArray(S, c, cAt);
    FloatVector x1 = FloatVector.fromArray(S, c, cAt + cStride);
    FloatVector x2 = FloatVector.fromArray(S, c, cAt + 2 * cStride);
    FloatVector x3 = FloatVector.fromArray(S, c, cAt + 3 * cStride);
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, bAt + L * j);
      x0 = FloatVector.broadcast(S, a[aAt + 4 * j]).fma(u, x0);
      x1 = FloatVector.broadcast(S, a[aAt + 4 * j + 1]).fma(u, x1);
      x2 = FloatVector.broadcast(S, a[aAt + 4 * j + 2]).fma(u, x2);
      x3 = FloatVector.broadcast(S, a[aAt + 4 * j + 3]).fma(u, x3);
    }
    x0.intoArray(c, cAt);
    x1.intoArray(c, cAt + cStride);
    x2.intoArray(c, cAt + 2 * cStride);
    x3.intoArray(c, cAt + 3 * cStride);
  }
}
