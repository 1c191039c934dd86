package dev.elman.kernels;

/**
 * exp, sigmoid and tanh of one float, from fused multiply-adds alone: what the vectors of {@link
 * VectorActivations} compute, to the bit.
 *
 * <p>{@code exp(x) = 2ⁿ·exp(r)}, {@code n = round(x / ln 2)}, {@code |r| <= ln 2 / 2}, and {@code
 * exp(r) - 1} is a polynomial of degree 6 (error 1e-8, interpolated at Chebyshev nodes). tanh is
 * {@code e / (e + 2)} with {@code e = exp(2x) - 1 = 2ⁿ·(exp(r) - 1) + (2ⁿ - 1)}, which loses
 * nothing near zero. ln 2 is one float: with |x| near 88 that is most of the error, with |x| below
 * 10 less than 3e-8. Relative error below 5e-7 for every float; where exp or sigmoid would be less
 * than the smallest normal number, 1.2e-38, they may be 0. Infinities go to the limits, NaN stays.
 */
final class Activations {

  static final float LOG2_E = 0x1.715476p+0f;
  static final float LN2 = 0x1.62e430p-1f;

  /** Added and taken away again, it rounds to an integer; in between, that is in the low bits. */
  static final float ROUND = 0x1.8p23f;

  /** The same, with the bias of a float's exponent: shifted left by 23, the sum is a power of 2. */
  static final float ROUND_BIASED = ROUND + 127f;

  static final float C2 = 0.5f;
  static final float C3 = 0.16666576f;
  static final float C4 = 0.041666552f;
  static final float C5 = 0.008363293f;
  static final float C6 = 0.0013926326f;

  /** Below it exp is 0, above {@link #EXP_MAX} infinity. */
  static final float EXP_MIN = -104f;

  static final float EXP_MAX = 89f;
  static final float SIGMOID_MIN = -87f;
  static final float TANH_MAX = 10f;

  private Activations() {}

  /** {@code y = exp(x - less)}, for elements {@code from} to {@code to}. */
  static void exp(int from, int to, float[] x, int xAt, float[] y, int yAt, float less) {
    for (int i = from; i < to; i++) {
      y[yAt + i] = exp(x[xAt + i] - less);
    }
  }

  /** {@code y = 1 / (1 + exp(-x))}. */
  static void sigmoid(int from, int to, float[] x, int xAt, float[] y, int yAt) {
    for (int i = from; i < to; i++) {
      y[yAt + i] = sigmoid(x[xAt + i]);
    }
  }

  /** {@code y = tanh(x)}. */
  static void tanh(int from, int to, float[] x, int xAt, float[] y, int yAt) {
    for (int i = from; i < to; i++) {
      y[yAt + i] = tanh(x[xAt + i]);
    }
  }

  private static float exp(float x) {
    float z = Math.min(Math.max(x, EXP_MIN), EXP_MAX);
    float shifted = Math.fma(z, LOG2_E, ROUND);
    int n = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUND);
    int half = n >> 1;
    float e = expm1(z, shifted - ROUND) + 1f;
    return e * power(half) * power(n - half);
  }

  private static float sigmoid(float x) {
    float z = Math.min(Math.max(-x, SIGMOID_MIN), EXP_MAX);
    float shifted = Math.fma(z, LOG2_E, ROUND_BIASED);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
    return 1f / Math.fma(expm1(z, shifted - ROUND_BIASED) + 1f, power, 1f);
  }

  private static float tanh(float x) {
    float half = Math.min(Math.max(x, -TANH_MAX), TANH_MAX);
    float z = half + half;
    float shifted = Math.fma(z, LOG2_E, ROUND_BIASED);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
    float e = Math.fma(expm1(z, shifted - ROUND_BIASED), power, power - 1f);
    return e / (e + 2f);
  }

  static final int ONE = Float.floatToRawIntBits(1f);

  private static float power(int n) {
    return Float.intBitsToFloat((n << 23) + ONE);
  }

  /** {@code exp(z - n·ln 2) - 1}; upper and lower terms apart, so that neither waits. */
  private static float expm1(float z, float n) {
    float r = Math.fma(n, -LN2, z);
    float r2 = r * r;
    float upper = Math.fma(Math.fma(C6, r, C5), r, C4);
    float p = Math.fma(upper, r2, Math.fma(C3, r, C2));
    return Math.fma(p, r2, r);
  }
}
