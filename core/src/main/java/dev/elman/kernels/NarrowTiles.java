package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A panel one vector wide, which a row of 2·L·i + L columns has once; rows are read as they lie.
 */
final class NarrowTiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private NarrowTiles() {}

  static void rows4(
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
      int cStride) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + sStride);
    FloatVector x2 = FloatVector.fromArray(S, s, sAt + 2 * sStride);
    FloatVector x3 = FloatVector.fromArray(S, s, sAt + 3 * sStride);
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, bAt + L * j);
      FloatVector t = FloatVector.broadcast(S, a[j + aAt]);
      x0 = t.fma(u, x0);
      t = FloatVector.broadcast(S, a[j + aAt + aStride]);
      x1 = t.fma(u, x1);
      t = FloatVector.broadcast(S, a[j + aAt + 2 * aStride]);
      x2 = t.fma(u, x2);
      t = FloatVector.broadcast(S, a[j + aAt + 3 * aStride]);
      x3 = t.fma(u, x3);
    }
    x0.intoArray(c, cAt);
    x1.intoArray(c, cAt + cStride);
    x2.intoArray(c, cAt + 2 * cStride);
    x3.intoArray(c, cAt + 3 * cStride);
  }

  static void row1(
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
