package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Gates} of the LSTM a vector at a time. */
final class VectorLstm {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

  private VectorLstm() {}

  static void state(int h, float[] gates, int i, float[] previous, int p, float[] next, int c) {
    int j = 0;
    for (; j <= h - L; j += L) {
      FloatVector in = FloatVector.fromArray(S, gates, i + j);
      FloatVector forget = FloatVector.fromArray(S, gates, i + h + j);
      in = in.mul(FloatVector.fromArray(S, gates, i + 2 * h + j));
      forget.fma(FloatVector.fromArray(S, previous, p + j), in).intoArray(next, c + j);
    }
    Gates.lstmState(j, h, h, gates, i, previous, p, next, c);
  }

  static void backward(
      int h,
      float[] gates,
      int i,
      float[] previous,
      int p,
      float[] tanh,
      int m,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt) {
    int f = i + h;
    int g = f + h;
    int o = g + h;
    int j = 0;
    for (; j <= h - L; j += L) {
      FloatVector out = FloatVector.fromArray(S, gates, o + j);
      FloatVector y = FloatVector.fromArray(S, tanh, m + j);
      FloatVector blame = FloatVector.fromArray(S, dh, dhAt + j);
      blame.mul(y).mul(out).mul(ONE.sub(out)).intoArray(gates, o + j);
      blame = blame.mul(out).mul(ONE.sub(y.mul(y)));
      blame = FloatVector.fromArray(S, dc, dcAt + j).add(blame);
      FloatVector forget = FloatVector.fromArray(S, gates, f + j);
      blame.mul(forget).intoArray(dc, dcAt + j);
      FloatVector before = blame.mul(FloatVector.fromArray(S, previous, p + j));
      before.mul(forget).mul(ONE.sub(forget)).intoArray(gates, f + j);
      FloatVector in = FloatVector.fromArray(S, gates, i + j);
      FloatVector candidate = FloatVector.fromArray(S, gates, g + j);
      blame.mul(candidate).mul(in).mul(ONE.sub(in)).intoArray(gates, i + j);
      blame.mul(in).mul(ONE.sub(candidate.mul(candidate))).intoArray(gates, g + j);
    }
    Gates.lstmBackward(j, h, h, gates, i, previous, p, tanh, m, dh, dhAt, dc, dcAt);
  }
}
