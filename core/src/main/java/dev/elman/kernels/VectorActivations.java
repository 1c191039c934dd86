package dev.elman.kernels;

import static dev.elman.kernels.Activations.C2;
import static dev.elman.kernels.Activations.C3;
import static dev.elman.kernels.Activations.C4;
import static dev.elman.kernels.Activations.C5;
import static dev.elman.kernels.Activations.C6;
import static dev.elman.kernels.Activations.LN2;
import static dev.elman.kernels.Activations.LOG2_E;
import static dev.elman.kernels.Activations.ONE;
import static dev.elman.kernels.Activations.ROUND;
import static dev.elman.kernels.Activations.ROUND_BIASED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Activations} a vector at a time; each loop stands alone so that no vector is boxed, and is
 * longer than the 325 bytes of code up to which the JIT inlines: inlined into a whole layer,
 * vectors were boxed in some processes.
 *
 * <p>Three things decide the pace. Constants are broadcast in the method: the JIT keeps them in
 * registers, whereas it reads a vector that a field holds in every turn, for it might be the array
 * that the loop writes to. (Only by the library's own methods, which are always inlined; what a
 * method of one's own returns may be boxed.) Limits are set on the bits, as integers (float maxima
 * and comparisons take many more instructions): what a number's magnitude has beyond the limit is
 * taken off it. Moved up by {@link #ABOVE_NAN}, the magnitude of NaN is negative, so that nothing
 * is taken off and it stays. The limits are the same on both sides, where {@link Activations} has
 * others: above 88.7 an exponential is infinite either way, and below -87 a sigmoid's is kept from
 * a power below zero by {@link #ROUND_BITS}, which stands for the power 0.
 *
 * <p>And signs and factors are in the constants, for each instruction takes its time. Sigmoid takes
 * x, not -x, so that its r and its polynomial are minus those of {@link Activations}; tanh takes x,
 * not 2x, so that e and r (here h) are half of those. Signs and powers of two change no rounding:
 * the bits are the same.
 *
 * <p>Rows are gone through inside, because those of a small cell are too short for a call each.
 */
final class VectorActivations {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int MAGNITUDE = Integer.MAX_VALUE;
  private static final int ABOVE_NAN = 0x7fffff; // infinity becomes the largest integer
  private static final int EXP_MOST = limit(-Activations.EXP_MIN);
  private static final int SIGMOID_MOST = limit(Activations.EXP_MAX);
  private static final int TANH_MOST = limit(Activations.TANH_MAX);
  private static final int ROUND_BITS = Float.floatToRawIntBits(Activations.ROUND);

  private VectorActivations() {}

  private static int limit(float magnitude) {
    return Float.floatToRawIntBits(magnitude) + ABOVE_NAN;
  }

  static void exp(float[] x, int xAt, float[] y, int yAt, int n, float less) {
    FloatVector log2E = FloatVector.broadcast(S, LOG2_E);
    FloatVector minusLn2 = FloatVector.broadcast(S, -LN2);
    FloatVector round = FloatVector.broadcast(S, ROUND);
    FloatVector c2 = FloatVector.broadcast(S, C2);
    FloatVector c3 = FloatVector.broadcast(S, C3);
    FloatVector c4 = FloatVector.broadcast(S, C4);
    FloatVector c5 = FloatVector.broadcast(S, C5);
    FloatVector c6 = FloatVector.broadcast(S, C6);
    FloatVector one = FloatVector.broadcast(S, 1f);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector z = FloatVector.fromArray(S, x, xAt + i).sub(less);
      IntVector all = z.reinterpretAsInts();
      IntVector beyond = all.and(MAGNITUDE).add(ABOVE_NAN).max(EXP_MOST).sub(EXP_MOST);
      z = all.sub(beyond).reinterpretAsFloats();
      FloatVector shifted = z.fma(log2E, round);
      FloatVector r = shifted.sub(round).fma(minusLn2, z);
      FloatVector r2 = r.mul(r);
      FloatVector p = r.fma(c6, c5).fma(r, c4).fma(r2, r.fma(c3, c2));
      FloatVector e = p.fma(r2, r).add(one);
      IntVector bits = shifted.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      IntVector low = half.lanewise(VectorOperators.LSHL, 23).add(ONE);
      IntVector rest = bits.sub(half).lanewise(VectorOperators.LSHL, 23).add(ONE);
      e.mul(low.reinterpretAsFloats()).mul(rest.reinterpretAsFloats()).intoArray(y, yAt + i);
    }
    Activations.exp(i, n, x, xAt, y, yAt, less);
  }

  static void sigmoid(
      int m, int n, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride) {
    FloatVector minusLog2E = FloatVector.broadcast(S, -LOG2_E);
    FloatVector ln2 = FloatVector.broadcast(S, LN2);
    FloatVector round = FloatVector.broadcast(S, ROUND_BIASED);
    FloatVector c2 = FloatVector.broadcast(S, -C2);
    FloatVector c3 = FloatVector.broadcast(S, C3);
    FloatVector c4 = FloatVector.broadcast(S, -C4);
    FloatVector c5 = FloatVector.broadcast(S, C5);
    FloatVector c6 = FloatVector.broadcast(S, -C6);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int row = 0; row < m; row++) {
      int from = xAt + row * xStride;
      int to = yAt + row * yStride;
      int i = 0;
      for (; i <= n - L; i += L) {
        IntVector all = FloatVector.fromArray(S, x, from + i).reinterpretAsInts();
        IntVector beyond = all.and(MAGNITUDE).add(ABOVE_NAN).max(SIGMOID_MOST).sub(SIGMOID_MOST);
        FloatVector z = all.sub(beyond).reinterpretAsFloats();
        FloatVector shifted = z.fma(minusLog2E, round);
        FloatVector r = shifted.sub(round).fma(ln2, z);
        FloatVector r2 = r.mul(r);
        FloatVector p = r.fma(c6, c5).fma(r, c4).fma(r2, r.fma(c3, c2));
        FloatVector e = one.sub(p.fma(r2, r));
        IntVector bits =
            shifted.reinterpretAsInts().max(ROUND_BITS).lanewise(VectorOperators.LSHL, 23);
        one.div(e.fma(bits.reinterpretAsFloats(), one)).intoArray(y, to + i);
      }
      Activations.sigmoid(i, n, x, from, y, to);
    }
  }

  static void tanh(int m, int n, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride) {
    FloatVector twiceLog2E = FloatVector.broadcast(S, 2 * LOG2_E);
    FloatVector minusHalfLn2 = FloatVector.broadcast(S, -LN2 / 2);
    FloatVector round = FloatVector.broadcast(S, ROUND_BIASED);
    FloatVector c2 = FloatVector.broadcast(S, 2 * C2);
    FloatVector c3 = FloatVector.broadcast(S, 4 * C3);
    FloatVector c4 = FloatVector.broadcast(S, 8 * C4);
    FloatVector c5 = FloatVector.broadcast(S, 16 * C5);
    FloatVector c6 = FloatVector.broadcast(S, 32 * C6);
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector minusHalf = FloatVector.broadcast(S, -0.5f);
    for (int row = 0; row < m; row++) {
      int from = xAt + row * xStride;
      int to = yAt + row * yStride;
      int i = 0;
      for (; i <= n - L; i += L) {
        IntVector all = FloatVector.fromArray(S, x, from + i).reinterpretAsInts();
        IntVector beyond = all.and(MAGNITUDE).add(ABOVE_NAN).max(TANH_MOST).sub(TANH_MOST);
        FloatVector z = all.sub(beyond).reinterpretAsFloats();
        FloatVector shifted = z.fma(twiceLog2E, round);
        FloatVector h = shifted.sub(round).fma(minusHalfLn2, z);
        FloatVector h2 = h.mul(h);
        FloatVector p = h.fma(c6, c5).fma(h, c4).fma(h2, h.fma(c3, c2));
        FloatVector e = p.fma(h2, h);
        IntVector bits = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        FloatVector power = bits.reinterpretAsFloats();
        e = e.fma(power, power.fma(half, minusHalf));
        e.div(e.add(one)).intoArray(y, to + i);
      }
      Activations.tanh(i, n, x, from, y, to);
    }
  }
}
