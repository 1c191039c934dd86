package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link PackedTiles} for a panel one vector wide: C {@code [rows, L]} += packed rows times B. */
final class NarrowPackedTiles {

  private static final int PITCH = PackedTiles.PITCH;

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private NarrowPackedTiles() {}

  static void six(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride) {
    FloatVector x0 = FloatVector.fromArray(S, c, cAt);
    FloatVector x1 = FloatVector.fromArray(S, c, cAt + cStride);
    FloatVector x2 = FloatVector.fromArray(S, c, cAt + 2 * cStride);
    FloatVector x3 = FloatVector.fromArray(S, c, cAt + 3 * cStride);
    FloatVector x4 = FloatVector.fromArray(S, c, cAt + 4 * cStride);
    FloatVector x5 = FloatVector.fromArray(S, c, cAt + 5 * cStride);
    int at = bAt;
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      t = FloatVector.broadcast(S, a[i + 2]);
      x2 = t.fma(u, x2);
      t = FloatVector.broadcast(S, a[i + 3]);
      x3 = t.fma(u, x3);
      t = FloatVector.broadcast(S, a[i + 4]);
      x4 = t.fma(u, x4);
      t = FloatVector.broadcast(S, a[i + 5]);
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

  static void four(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStride) {
    FloatVector x0 = FloatVector.fromArray(S, c, cAt);
    FloatVector x1 = FloatVector.fromArray(S, c, cAt + cStride);
    FloatVector x2 = FloatVector.fromArray(S, c, cAt + 2 * cStride);
    FloatVector x3 = FloatVector.fromArray(S, c, cAt + 3 * cStride);
    int at = bAt;
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      t = FloatVector.broadcast(S, a[i + 2]);
      x2 = t.fma(u, x2);
      t = FloatVector.broadcast(S, a[i + 3]);
      x3 = t.fma(u, x3);
      at += L;
    }
    x0.intoArray(c, cAt);
    x1.intoArray(c, cAt + cStride);
    x2.intoArray(c, cAt + 2 * cStride);
    x3.intoArray(c, cAt + 3 * cStride);
  }
}
