package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {

  private final Kernels vector = new VectorKernels(Runnable::run);
  private final Kernels scalar = new ScalarKernels();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 13, 64, 207, 702})
  void additionsAreTheSameBitsAsPlainLoops(int n) {
    float[] row = Reference.numbers(n + 2, 1);
    float[] y = Reference.numbers(3 + 5 * (n + 4), 2);
    float[][] results = new float[2][];
    for (int i = 0; i < 2; i++) {
      Kernels kernels = i == 0 ? vector : scalar;
      float[] z = y.clone();
      kernels.addRow(3, n, row, 2, z, 3, n + 4);
      kernels.setRow(1, n, row, 2, z, 3 + 3 * (n + 4), n + 4);
      kernels.axpy(0.3f, row, 2, z, 3 + 4 * (n + 4), n);
      kernels.scale(0.7f, row, 2, z, 3 + 2 * (n + 4), n);
      float[] sums = row.clone();
      kernels.addColumnSums(5, n, z, 3, n + 4, sums, 2);
      results[i] = Arrays.copyOf(z, z.length + sums.length);
      System.arraycopy(sums, 0, results[i], z.length, sums.length);
    }
    assertThat(results[0]).containsExactly(results[1]);
    assertThat(results[0][3]).isEqualTo(y[3] + row[2]);
    assertThat(results[0][3 + n]).isEqualTo(y[3 + n]);
    assertThat(results[0][3 + 2 * (n + 4)]).isEqualTo(0.7f * row[2]);
    assertThat(results[0][3 + 3 * (n + 4)]).isEqualTo(row[2]);
    assertThat(results[0][3 + 4 * (n + 4)]).isEqualTo(Math.fma(0.3f, row[2], y[3 + 4 * (n + 4)]));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 13, 64, 207, 702})
  void sumOfSquaresIsADoubleSum(int n) {
    float[] x = Reference.numbers(n + 1, 3);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) x[i + 1] * x[i + 1];
    }
    assertThat(vector.sumOfSquares(x, 1, n)).isCloseTo(sum, Offset.offset(1e-12 * n));
    assertThat(scalar.sumOfSquares(x, 1, n)).isCloseTo(sum, Offset.offset(1e-12 * n));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 13, 64, 207, 702})
  void softmaxSumsToOneAndShiftsOutWhatIsCommon(int n) {
    float[] x = Reference.numbers(3 * n + 2, 4);
    for (int i = 0; i < n; i++) {
      x[2 + i] += 500;
      x[2 + n + i] = x[2 + i];
      x[2 + 2 * n + i] *= 30;
    }
    for (Kernels kernels : new Kernels[] {vector, scalar}) {
      float[] y = x.clone();
      float[] logSumExp = new float[4];
      kernels.softmax(3, n, y, 2, y, 2, logSumExp, 1);
      float[] again = new float[3 * n];
      kernels.softmax(3, n, x, 2, again, 0);
      assertThat(again).containsExactly(Arrays.copyOfRange(y, 2, 2 + 3 * n));
      assertThat(Arrays.copyOf(again, n)).containsExactly(Arrays.copyOfRange(again, n, 2 * n));
      for (int i = 0; i < 3; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += Math.exp(x[2 + i * n + j] - 500.0);
        }
        double expected = 500 + Math.log(sum);
        assertThat((double) logSumExp[1 + i]).isCloseTo(expected, Offset.offset(1e-6 * 500));
        for (int j = 0; j < n; j++) {
          double p = Math.exp(x[2 + i * n + j] - expected);
          assertThat((double) again[i * n + j]).isCloseTo(p, Offset.offset(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 20})
  void softmaxGivesNothingToWhatIsMaskedAndShowsNan(int n) {
    for (Kernels kernels : new Kernels[] {vector, scalar}) {
      float[] x = Reference.numbers(2 * n, 5);
      x[1] = Float.NEGATIVE_INFINITY;
      x[n + 2] = Float.NaN;
      kernels.softmax(2, n, x, 0, x, 0);
      assertThat(x[1]).isEqualTo(0f);
      assertThat(x[0]).isGreaterThan(0f);
      assertThat(x[n]).isNaN();
      assertThat(x[2 * n - 1]).isNaN();
    }
  }
}
