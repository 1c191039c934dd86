package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Gates} of the GRU a vector at a time. */
final class VectorGru {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorGru() {}

  static void candidate(int m, int h, float[] gates, int rAt, float[] memory, int mAt) {
    for (int row = 0; row < m; row++) {
      int r = rAt + row * 3 * h;
      int k = mAt + row * h;
      int j = 0;
      for (; j <= h - L; j += L) {
        FloatVector reset = FloatVector.fromArray(S, gates, r + j);
        FloatVector input = FloatVector.fromArray(S, gates, r + 2 * h + j);
        reset.fma(FloatVector.fromArray(S, memory, k + j), input).intoArray(gates, r + 2 * h + j);
      }
      Gates.gruCandidate(j, h, h, gates, r, memory, k);
    }
  }

  static void state(
      int m, int h, float[] gates, int rAt, float[] previous, int pAt, float[] next, int cAt) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int row = 0; row < m; row++) {
      int r = rAt + row * 3 * h;
      int p = pAt + row * h;
      int c = cAt + row * h;
      int j = 0;
      for (; j <= h - L; j += L) {
        FloatVector keep = FloatVector.fromArray(S, gates, r + h + j);
        FloatVector fresh = one.sub(keep).mul(FloatVector.fromArray(S, gates, r + 2 * h + j));
        keep.fma(FloatVector.fromArray(S, previous, p + j), fresh).intoArray(next, c + j);
      }
      Gates.gruState(j, h, h, gates, r, previous, p, next, c);
    }
  }

  static void backward(
      int m,
      int h,
      float[] gates,
      int rAt,
      float[] previous,
      int pAt,
      float[] memory,
      int mAt,
      float[] recurrent,
      int recurrentAt,
      float[] dh,
      int dhFirst) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int row = 0; row < m; row++) {
      int r = rAt + row * 3 * h;
      int p = pAt + row * h;
      int k = mAt + row * h;
      int rr = recurrentAt + row * 3 * h;
      int dhAt = dhFirst + row * h;
      int z = r + h;
      int n = z + h;
      int j = 0;
      for (; j <= h - L; j += L) {
        FloatVector keep = FloatVector.fromArray(S, gates, z + j);
        FloatVector candidate = FloatVector.fromArray(S, gates, n + j);
        FloatVector blame = FloatVector.fromArray(S, dh, dhAt + j);
        blame.mul(keep).intoArray(dh, dhAt + j);
        FloatVector dz = FloatVector.fromArray(S, previous, p + j).sub(candidate);
        dz = blame.mul(dz).mul(keep).mul(one.sub(keep));
        dz.intoArray(gates, z + j);
        dz.intoArray(recurrent, rr + h + j);
        FloatVector dn = blame.mul(one.sub(keep)).mul(one.sub(candidate.mul(candidate)));
        dn.intoArray(gates, n + j);
        FloatVector reset = FloatVector.fromArray(S, gates, r + j);
        dn.mul(reset).intoArray(recurrent, rr + 2 * h + j);
        FloatVector dr = dn.mul(FloatVector.fromArray(S, memory, k + j));
        dr = dr.mul(reset).mul(one.sub(reset));
        dr.intoArray(gates, r + j);
        dr.intoArray(recurrent, rr + j);
      }
      Gates.gruBackward(j, h, h, gates, r, previous, p, memory, k, recurrent, rr, dh, dhAt);
    }
  }
}
