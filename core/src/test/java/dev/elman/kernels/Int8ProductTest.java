package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.tensor.Int8Rows;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int8ProductTest {

  private static final String SHAPES =
      """
      1, 1, 1
      2, 13, 5
      1, 7, 16
      3, 64, 33
      2, 3, 39
      1, 300, 40
      1, 207, 65
      130, 50, 56
      5, 31, 207
      1, 702, 256
      """;

  static Kernels[] kernels() {
    return new Kernels[] {new ScalarKernels(), new VectorKernels(Runnable::run)};
  }

  /** Codes of the whole range, and scales that differ. */
  static Int8Rows rounded(int n, int k) {
    byte[] codes = new byte[n * k];
    new SplittableRandom(7).nextBytes(codes);
    float[] scales = Reference.numbers(n, 8);
    for (int i = 0; i < n; i++) {
      scales[i] = (2 + scales[i]) / 300;
    }
    return new Int8Rows(n, k, codes, scales);
  }

  static PackedWeight packed(Int8Rows rounded) {
    Weight weight = new Weight("w", rounded.rows(), rounded.columns());
    weight.set(rounded);
    return new PackedWeight(weight);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SHAPES)
  void aRowOfBytesIsTheSameBitsAsPlainSumsInOrder(int m, int k, int n) {
    Int8Rows w = rounded(n, k);
    float[] a = Reference.numbers(2 + k, 1);
    float[] sums = new float[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        float code = w.codes()[i * k + j] * 0x1p24f;
        sums[i] = Math.fma(a[2 + j], code, sums[i]);
      }
    }
    for (Kernels kernels : kernels()) {
      float[] c = Reference.numbers(n + 5, 2);
      float[] expected = c.clone();
      System.arraycopy(sums, 0, expected, 3, n);
      kernels.int8Row(k, n, a, 2, kernels.packInt8(w), c, 3);
      assertThat(c).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = SHAPES)
  void productsAgreeWithDoublePrecisionAndLeaveTheGapsAlone(int m, int k, int n) {
    Int8Rows w = rounded(n, k);
    float[] x = Reference.numbers(2 + m * (k + 3), 3);
    float[] row = Reference.numbers(n, 4);
    float[] start = Reference.numbers(7 + m * (n + 5), 5);
    float[] biased = start.clone();
    for (int i = 0; i < m; i++) {
      System.arraycopy(row, 0, biased, 7 + i * (n + 5), n);
    }
    for (Kernels kernels : kernels()) {
      float[] sum = start.clone();
      packed(w).addProduct(kernels, Part.WHOLE, m, x, 2, k + 3, sum, 7, n + 5);
      check(sum, start, m, k, n, x, w);
      float[] plusRow = start.clone();
      packed(w).productPlusRow(kernels, Part.WHOLE, m, x, 2, k + 3, row, plusRow, 7, n + 5);
      check(plusRow, biased, m, k, n, x, w);
    }
  }

  private static void check(
      float[] got, float[] start, int m, int k, int n, float[] x, Int8Rows w) {
    float[] values = w.values();
    float[] b = new float[k * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        b[j * n + i] = values[i * k + j];
      }
    }
    float[] expected = Reference.addProduct(m, k, n, x, 2, k + 3, 1, b, 0, n, start, 7, n + 5);
    assertThat(Reference.distance(got, expected)).isLessThan(2 * Reference.tolerance(k));
  }

  @ParameterizedTest
  @CsvSource({"5", "8", "20", "33", "39", "64"})
  void eachRowIsTheSameBitsAloneAsInABatch(int n) {
    int k = 300;
    Int8Rows w = rounded(n, k);
    float[] x = Reference.numbers(70 * k, 9);
    float[] start = Reference.numbers(70 * n, 10);
    for (Kernels kernels : kernels()) {
      PackedWeight packed = packed(w);
      float[] alone = start.clone();
      for (int i = 0; i < 70; i++) {
        packed.addProduct(kernels, Part.WHOLE, 1, x, i * k, k, alone, i * n, n);
      }
      for (int m : new int[] {2, 3, 7, 63, 64, 65, 70}) {
        float[] together = start.clone();
        packed.addProduct(kernels, Part.WHOLE, m, x, 0, k, together, 0, n);
        assertThat(Arrays.mismatch(Arrays.copyOf(alone, m * n), together)).isIn(-1, m * n);
      }
    }
  }
}
