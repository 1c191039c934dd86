package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cells do unit by unit, against the formulas in double precision. */
class GatesTest {

  private interface Formula {
    double of(double a, double b, double c, double y);
  }

  private interface Operation {
    void run(Kernels kernels, int n, float[] a, float[] b, float[] c, float[] y);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 13, 64, 207})
  void computeTheirFormulas(int n) {
    check(n, (a, b, c, y) -> a * b, (k, m, a, b, c, y) -> k.multiply(m, a, 1, b, 2, y, 4));
    check(n, (a, b, c, y) -> y + a * b, (k, m, a, b, c, y) -> k.addMultiplied(m, a, 1, b, 2, y, 4));
    check(
        n,
        (a, b, c, y) -> a * b + (1 - a) * c,
        (k, m, a, b, c, y) -> k.mix(m, a, 1, b, 2, c, 3, y, 4));
    check(
        n,
        (a, b, c, y) -> a * b * c * (1 - c),
        (k, m, a, b, c, y) -> k.sigmoidGradient(m, a, 1, b, 2, c, 3, y, 4));
    check(
        n,
        (a, b, c, y) -> a * (1 - b * b),
        (k, m, a, b, c, y) -> k.tanhGradient(m, a, 1, b, 2, y, 4));
  }

  private static void check(int n, Formula formula, Operation operation) {
    float[] a = Reference.numbers(n + 4, 1);
    float[] b = Reference.numbers(n + 4, 2);
    float[] c = Reference.numbers(n + 4, 3);
    float[] before = Reference.numbers(n + 5, 4);
    for (Kernels kernels : new Kernels[] {new VectorKernels(), new ScalarKernels()}) {
      float[] y = before.clone();
      operation.run(kernels, n, a, b, c, y);
      for (int i = 0; i < n; i++) {
        assertThat((double) y[4 + i])
            .isCloseTo(
                formula.of(a[1 + i], b[2 + i], c[3 + i], before[4 + i]), Offset.offset(1e-6));
      }
      for (int outside : new int[] {0, 1, 2, 3, n + 4}) {
        assertThat(y[outside]).isEqualTo(before[outside]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 24})
  void workInPlace(int n) {
    for (Kernels kernels : new Kernels[] {new VectorKernels(), new ScalarKernels()}) {
      float[] s = Reference.numbers(n, 1);
      float[] d = Reference.numbers(n, 2);
      float[] apart = new float[n];
      kernels.sigmoidGradient(n, d, 0, d, 0, s, 0, apart, 0);
      kernels.sigmoidGradient(n, d, 0, d, 0, s, 0, s, 0);
      assertThat(s).containsExactly(apart);
      kernels.tanhGradient(n, d, 0, s, 0, apart, 0);
      kernels.tanhGradient(n, d, 0, s, 0, s, 0);
      assertThat(s).containsExactly(apart);
      kernels.mix(n, d, 0, s, 0, d, 0, apart, 0);
      kernels.mix(n, d, 0, s, 0, d, 0, s, 0);
      assertThat(s).containsExactly(apart);
    }
  }
}
