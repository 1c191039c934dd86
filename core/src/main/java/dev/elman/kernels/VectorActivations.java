package dev.elman.kernels;

import static dev.elman.kernels.Activations.ONE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Activations} a vector at a time; each loop stands alone so that no vector is boxed. Limits
 * are set by comparing, which lets NaN pass as max and min do, at half their price. Rows are gone
 * through inside, because those of a small cell are too short for a call each.
 */
final class VectorActivations {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorActivations() {}

  static void exp(float[] x, int xAt, float[] y, int yAt, int n, float less) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector z = FloatVector.fromArray(S, x, xAt + i).sub(less);
      z = z.max(EXP_MIN).min(EXP_MAX);
      FloatVector shifted = z.fma(LOG2_E, ROUND);
      FloatVector k = shifted.sub(Activations.ROUND);
      FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, z));
      FloatVector r2 = r.mul(r);
      FloatVector p = C6.fma(r, C5).fma(r, C4).fma(r2, C3.fma(r, C2));
      FloatVector e = p.fma(r2, r).add(1f);
      var bits = shifted.reinterpretAsInts().sub(ROUND_BITS);
      var half = bits.lanewise(VectorOperators.ASHR, 1);
      var low = half.lanewise(VectorOperators.LSHL, 23).add(ONE).reinterpretAsFloats();
      var rest = bits.sub(half).lanewise(VectorOperators.LSHL, 23).add(ONE);
      e.mul(low).mul(rest.reinterpretAsFloats()).intoArray(y, yAt + i);
    }
    Activations.exp(i, n, x, xAt, y, yAt, less);
  }

  static void sigmoid(
      int m, int n, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride) {
    for (int row = 0; row < m; row++) {
      int from = xAt + row * xStride;
      int to = yAt + row * yStride;
      int i = 0;
      for (; i <= n - L; i += L) {
        FloatVector z = FloatVector.fromArray(S, x, from + i).neg();
        z = z.blend(SIGMOID_MIN, z.lt(SIGMOID_MIN));
        z = z.blend(EXP_MAX, EXP_MAX.lt(z));
        FloatVector shifted = z.fma(LOG2_E, ROUND_BIASED);
        FloatVector k = shifted.sub(ROUND_BIASED);
        FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, z));
        FloatVector r2 = r.mul(r);
        FloatVector p = C6.fma(r, C5).fma(r, C4).fma(r2, C3.fma(r, C2));
        FloatVector e = p.fma(r2, r).add(C0);
        var bits = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        C0.div(e.fma(bits.reinterpretAsFloats(), C0)).intoArray(y, to + i);
      }
      Activations.sigmoid(i, n, x, from, y, to);
    }
  }

  static void tanh(int m, int n, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride) {
    for (int row = 0; row < m; row++) {
      int from = xAt + row * xStride;
      int to = yAt + row * yStride;
      int i = 0;
      for (; i <= n - L; i += L) {
        FloatVector z = FloatVector.fromArray(S, x, from + i);
        z = z.blend(TANH_MIN, z.lt(TANH_MIN));
        z = z.blend(TANH_MAX, TANH_MAX.lt(z));
        z = z.add(z);
        FloatVector shifted = z.fma(LOG2_E, ROUND_BIASED);
        FloatVector k = shifted.sub(ROUND_BIASED);
        FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, z));
        FloatVector r2 = r.mul(r);
        FloatVector p = C6.fma(r, C5).fma(r, C4).fma(r2, C3.fma(r, C2));
        FloatVector e = p.fma(r2, r);
        var bits = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        FloatVector power = bits.reinterpretAsFloats();
        e = e.fma(power, power.sub(C0));
        e.div(e.add(TWO)).intoArray(y, to + i);
      }
      Activations.tanh(i, n, x, from, y, to);
    }
  }

  private static final FloatVector EXP_MIN = FloatVector.broadcast(S, Activations.EXP_MIN);
  private static final FloatVector EXP_MAX = FloatVector.broadcast(S, Activations.EXP_MAX);
  private static final FloatVector SIGMOID_MIN = FloatVector.broadcast(S, Activations.SIGMOID_MIN);
  private static final FloatVector TANH_MIN = FloatVector.broadcast(S, -Activations.TANH_MAX);
  private static final FloatVector TANH_MAX = FloatVector.broadcast(S, Activations.TANH_MAX);
  private static final FloatVector LOG2_E = FloatVector.broadcast(S, Activations.LOG2_E);
  private static final FloatVector ROUND = FloatVector.broadcast(S, Activations.ROUND);
  private static final FloatVector ROUND_BIASED =
      FloatVector.broadcast(S, Activations.ROUND_BIASED);
  private static final FloatVector LN2_HIGH = FloatVector.broadcast(S, -Activations.LN2_HIGH);
  private static final FloatVector LN2_LOW = FloatVector.broadcast(S, -Activations.LN2_LOW);
  private static final FloatVector TWO = FloatVector.broadcast(S, 2f);
  private static final FloatVector C0 = FloatVector.broadcast(S, 1f);
  private static final FloatVector C2 = FloatVector.broadcast(S, Activations.C2);
  private static final FloatVector C3 = FloatVector.broadcast(S, Activations.C3);
  private static final FloatVector C4 = FloatVector.broadcast(S, Activations.C4);
  private static final FloatVector C5 = FloatVector.broadcast(S, Activations.C5);
  private static final FloatVector C6 = FloatVector.broadcast(S, Activations.C6);
  private static final int ROUND_BITS = Float.floatToRawIntBits(Activations.ROUND);
}
