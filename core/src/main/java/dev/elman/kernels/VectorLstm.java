package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Gates} of the LSTM a vector at a time. */
final class VectorLstm {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorLstm() {}

  static void state(
      int m, int h, float[] gates, int iAt, float[] previous, int pAt, float[] next, int cAt) {
    for (int row = 0; row < m; row++) {
      int i = iAt + row * 4 * h;
      int p = pAt + row * h;
      int c = cAt + row * h;
      int j = 0;
      for (; j <= h - L; j += L) {
        FloatVector in = FloatVector.fromArray(S, gates, i + j);
        FloatVector forget = FloatVector.fromArray(S, gates, i + h + j);
        in = in.mul(FloatVector.fromArray(S, gates, i + 2 * h + j));
        forget.fma(FloatVector.fromArray(S, previous, p + j), in).intoArray(next, c + j);
      }
      Gates.lstmState(j, h, h, gates, i, previous, p, next, c);
    }
  }

  static void output(
      int m, int h, float[] gates, int iAt, float[] tanh, int tAt, float[] next, int cAt) {
    for (int row = 0; row < m; row++) {
      int o = iAt + (row * 4 + 3) * h;
      int t = tAt + row * h;
      int c = cAt + row * h;
      int j = 0;
      for (; j <= h - L; j += L) {
        FloatVector out = FloatVector.fromArray(S, gates, o + j);
        out.mul(FloatVector.fromArray(S, tanh, t + j)).intoArray(next, c + j);
      }
      Gates.multiply(j, h, gates, o, tanh, t, next, c);
    }
  }

  static void backward(
      int m,
      int h,
      float[] gates,
      int iAt,
      float[] previous,
      int pAt,
      float[] tanh,
      int tAt,
      float[] dh,
      int dhFirst,
      float[] dc,
      int dcFirst) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int row = 0; row < m; row++) {
      int i = iAt + row * 4 * h;
      int p = pAt + row * h;
      int t = tAt + row * h;
      int dhAt = dhFirst + row * h;
      int dcAt = dcFirst + row * h;
      int f = i + h;
      int g = f + h;
      int o = g + h;
      int j = 0;
      for (; j <= h - L; j += L) {
        FloatVector out = FloatVector.fromArray(S, gates, o + j);
        FloatVector y = FloatVector.fromArray(S, tanh, t + j);
        FloatVector blame = FloatVector.fromArray(S, dh, dhAt + j);
        blame.mul(y).mul(out).mul(one.sub(out)).intoArray(gates, o + j);
        blame = blame.mul(out).mul(one.sub(y.mul(y)));
        blame = FloatVector.fromArray(S, dc, dcAt + j).add(blame);
        FloatVector forget = FloatVector.fromArray(S, gates, f + j);
        blame.mul(forget).intoArray(dc, dcAt + j);
        FloatVector before = blame.mul(FloatVector.fromArray(S, previous, p + j));
        before.mul(forget).mul(one.sub(forget)).intoArray(gates, f + j);
        FloatVector in = FloatVector.fromArray(S, gates, i + j);
        FloatVector candidate = FloatVector.fromArray(S, gates, g + j);
        blame.mul(candidate).mul(in).mul(one.sub(in)).intoArray(gates, i + j);
        blame.mul(in).mul(one.sub(candidate.mul(candidate))).intoArray(gates, g + j);
      }
      Gates.lstmBackward(j, h, h, gates, i, previous, p, tanh, t, dh, dhAt, dc, dcAt);
    }
  }
}
