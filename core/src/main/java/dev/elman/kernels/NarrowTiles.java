package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A panel one vector wide and a single row, read as it lies. */
final class NarrowTiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private NarrowTiles() {}

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
