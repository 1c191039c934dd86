package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ActivationsTest {

  private interface Activation {
    void apply(Kernels kernels, float[] x, int xAt, float[] y, int yAt, int n);
  }

  private static final double BOUND = 5e-7; // as Activations says

  private static final Activation SIGMOID = Kernels::sigmoid;
  private static final Activation TANH = Kernels::tanh;
  private static final Activation EXP = Kernels::exp;

  private final Kernels vector = new VectorKernels(Runnable::run);
  private final Kernels scalar = new ScalarKernels();

  @Test
  void sigmoidIsExactToOneInAMillion() {
    check(SIGMOID, x -> 1 / (1 + Math.exp(-x)), -87, 90);
  }

  @Test
  void tanhIsExactToOneInAMillionAlsoNearZero() {
    check(TANH, Math::tanh, -12, 12);
    check(TANH, Math::tanh, -1e-3, 1e-3);
  }

  @Test
  void expIsExactToOneInAMillion() {
    check(EXP, Math::exp, -87, 88.7);
  }

  private void check(Activation f, DoubleUnaryOperator truth, double from, double to) {
    int n = 100_003;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (from + (to - from) * i / (n - 1));
    }
    for (Kernels kernels : new Kernels[] {vector, scalar}) {
      float[] y = new float[n];
      f.apply(kernels, x, 0, y, 0, n);
      double worst = 0;
      for (int i = 0; i < n; i++) {
        double expected = truth.applyAsDouble(x[i]);
        double scale = Math.max(Math.abs(expected), Float.MIN_NORMAL);
        worst = Math.max(worst, Math.abs(y[i] - expected) / scale);
      }
      assertThat(worst).isLessThan(1e-6);
    }
  }

  /** One float in 4,099 of all there are; {@code -Delman.activations.stride=1} takes every one. */
  @Test
  void everyFloatIsWithinTheBoundAndTheSameBitsInVectors() {
    long stride = Long.getLong("elman.activations.stride", 4099);
    checkAll(SIGMOID, x -> 1 / (1 + Math.exp(-x)), stride);
    checkAll(TANH, Math::tanh, stride);
    checkAll(EXP, Math::exp, stride);
  }

  private void checkAll(Activation f, DoubleUnaryOperator truth, long stride) {
    int piece = 1 << 14;
    long pieces = ((1L << 32) / stride + piece - 1) / piece;
    LongStream.range(0, pieces)
        .parallel()
        .forEach(
            p -> {
              float[] x = new float[piece];
              for (int i = 0; i < piece; i++) {
                x[i] = Float.intBitsToFloat((int) ((p * piece + i) * stride));
              }
              float[] y = new float[piece];
              f.apply(vector, x, 0, y, 0, piece);
              float[] plain = new float[piece];
              f.apply(scalar, x, 0, plain, 0, piece);
              assertThat(y).isEqualTo(plain);
              for (int i = 0; i < piece; i++) {
                requireWithinBound(x[i], y[i], truth.applyAsDouble(x[i]));
              }
            });
  }

  private static void requireWithinBound(float x, float found, double truth) {
    boolean right =
        Double.isNaN(truth)
            ? Float.isNaN(found)
            : found == (float) truth
                || Math.abs(found - truth) <= BOUND * Math.abs(truth) + 2 * Float.MIN_VALUE
                || found == 0 && Math.abs(truth) < Float.MIN_NORMAL
                || found == Float.POSITIVE_INFINITY && truth > Float.MAX_VALUE * (1 - BOUND);
    if (!right) {
      throw new AssertionError("f(" + x + ") is " + truth + ", found " + found);
    }
  }

  @Test
  void limitsAreReachedAndNanStaysNan() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {inf, -inf, Float.NaN, Float.intBitsToFloat(0xffc12345), 0, 1000, -1000, 1e-40f};
    for (Kernels kernels : new Kernels[] {vector, scalar}) {
      float nan = Float.NaN;
      for (int repeat : new int[] {1, 8}) {
        assertThat(all(kernels, SIGMOID, x, repeat)).startsWith(1, 0, nan, nan, .5f, 1, 0, .5f);
        assertThat(all(kernels, TANH, x, repeat)).startsWith(1, -1, nan, nan, 0, 1, -1, 1e-40f);
        assertThat(all(kernels, EXP, x, repeat)).startsWith(inf, 0, nan, nan, 1, inf, 0, 1);
      }
    }
  }

  /** With many repeats the numbers fill vectors, with one they are the tail of one. */
  private static float[] all(Kernels kernels, Activation f, float[] x, int repeat) {
    float[] many = new float[x.length * repeat];
    for (int i = 0; i < many.length; i++) {
      many[i] = x[i % x.length];
    }
    f.apply(kernels, many, 0, many, 0, many.length);
    return many;
  }

  @Test
  void anElementIsTheSameBitsWhereverItStands() {
    int n = 207;
    float[] x = Reference.numbers(n, 1);
    for (int i = 0; i < n; i++) {
      x[i] *= 20;
    }
    for (Activation f : new Activation[] {SIGMOID, TANH, EXP}) {
      float[] y = new float[n + 3];
      f.apply(vector, x, 0, y, 3, n);
      assertThat(y).startsWith(0, 0, 0);
      for (int i = 0; i < n; i++) {
        float[] one = new float[1];
        f.apply(vector, x, i, one, 0, 1);
        assertThat(y[3 + i]).isEqualTo(one[0]);
      }
    }
  }
}
