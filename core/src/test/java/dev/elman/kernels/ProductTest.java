package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProductTest {

  private static final String SHAPES =
      """
      1, 1, 1
      1, 64, 3
      3, 1, 13
      13, 3, 64
      1, 300, 40
      300, 15, 24
      1, 50, 56
      1, 33, 125
      1, 20, 61
      1, 17, 31
      64, 13, 207
      207, 64, 1
      3, 207, 207
      1, 702, 702
      13, 702, 64
      16, 1031, 40
      100, 1100, 35
      7, 257, 25
      8, 512, 17
      9, 300, 24
      10, 20, 32
      11, 64, 40
      702, 64, 13
      702, 13, 8
      207, 207, 9
      5, 0, 20
      97, 1031, 40
      400, 21, 40
      300, 1, 40
      """;

  static Kernels[] kernels() {
    return new Kernels[] {new ScalarKernels(), new VectorKernels(Runnable::run)};
  }

  @ParameterizedTest
  @CsvSource(textBlock = SHAPES)
  void agreesWithDoublePrecisionWhateverTheStridesAndLeavesTheGapsAlone(int m, int k, int n) {
    float[] a = Reference.numbers(2 + m * (k + 3), 1);
    float[] b = Reference.numbers(5 + (k + 1) * (n + 2), 2);
    float[] row = Reference.numbers(n + 4, 3);
    float[] c = Reference.numbers(7 + m * (n + 5), 4);
    float[] zeroed = c.clone();
    float[] biased = c.clone();
    for (int i = 0; i < m; i++) {
      Arrays.fill(zeroed, 7 + i * (n + 5), 7 + i * (n + 5) + n, 0f);
      System.arraycopy(row, 4, biased, 7 + i * (n + 5), n);
    }
    for (Kernels kernels : kernels()) {
      Panels panels = new Panels();
      kernels.pack(b, 5, n + 2, k, n, panels);
      float[] product = c.clone();
      kernels.product(m, a, 2, k + 3, panels, product, 7, n + 5);
      float[] sum = c.clone();
      kernels.addProduct(m, a, 2, k + 3, panels, sum, 7, n + 5);
      float[] plusRow = c.clone();
      kernels.productPlusRow(m, a, 2, k + 3, panels, row, 4, plusRow, 7, n + 5);
      check(product, zeroed, m, k, n, a, b);
      check(sum, c, m, k, n, a, b);
      check(plusRow, biased, m, k, n, a, b);
    }
  }

  private static void check(float[] got, float[] start, int m, int k, int n, float[] a, float[] b) {
    float[] expected = Reference.addProduct(m, k, n, a, 2, k + 3, 1, b, 5, n + 2, start, 7, n + 5);
    assertThat(Reference.distance(got, expected)).isLessThan(Reference.tolerance(k));
  }

  @ParameterizedTest
  @CsvSource(textBlock = SHAPES)
  void packsATransposedWeightAsItsTranspose(int m, int k, int n) {
    float[] w = Reference.numbers(3 + n * (k + 2), 5);
    float[] transposed = new float[k * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        transposed[j * n + i] = w[3 + i * (k + 2) + j];
      }
    }
    for (Kernels kernels : kernels()) {
      Panels straight = new Panels();
      Panels turned = new Panels();
      kernels.pack(transposed, 0, n, k, n, straight);
      kernels.packTransposed(w, 3, k + 2, n, k, turned);
      assertThat(turned.k()).isEqualTo(k);
      assertThat(turned.n()).isEqualTo(n);
      float[] a = Reference.numbers(m * k, 6);
      float[] one = new float[m * n];
      float[] other = new float[m * n];
      kernels.product(m, a, 0, k, straight, one, 0, n);
      kernels.product(m, a, 0, k, turned, other, 0, n);
      assertThat(other).containsExactly(one);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = SHAPES)
  void joinedProductHasTheBitsOfOneAfterTheOther(int m, int k, int n) {
    int more = k / 2 + 1;
    float[] a = Reference.numbers(1 + m * k, 1);
    float[] b = Reference.numbers(2 + m * more, 2);
    float[] v = Reference.numbers(n * k, 3);
    float[] w = Reference.numbers(n * more, 4);
    float[] row = Reference.numbers(n + 3, 5);
    for (Kernels kernels : kernels()) {
      Panels first = new Panels();
      Panels second = new Panels();
      Panels both = new Panels();
      kernels.packTransposed(v, 0, k, n, k, first);
      kernels.packTransposed(w, 0, more, n, more, second);
      kernels.packTransposed(v, 0, k, n, k, both, 0, k + more);
      kernels.packTransposed(w, 0, more, n, more, both, k, k + more);
      float[] c = Reference.numbers(7 + m * (n + 5), 6);
      float[] joined = c.clone();
      kernels.productPlusRow(m, a, 1, k, first, row, 3, c, 7, n + 5);
      kernels.addProduct(m, b, 2, more, second, c, 7, n + 5);
      kernels.joinedProductPlusRow(m, a, 1, k, b, 2, more, both, row, 3, joined, 7, n + 5);
      assertThat(Arrays.equals(joined, c)).isTrue();
      float[] halves = Reference.numbers(7 + m * (n + 5), 6);
      kernels.productPlusRow(m, a, 1, k, both.rows(0, k), row, 3, halves, 7, n + 5);
      kernels.addProduct(m, b, 2, more, both.rows(k, more), halves, 7, n + 5);
      assertThat(Arrays.equals(halves, c)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = SHAPES)
  void weightGradientAgreesWithDoublePrecision(int n, int p, int q) {
    float[] a = Reference.numbers(1 + n * (p + 1), 6);
    float[] b = Reference.numbers(2 + n * (q + 2), 7);
    float[] c = Reference.numbers(3 + p * (q + 3), 8);
    float[] zeros = c.clone();
    for (int i = 0; i < p; i++) {
      Arrays.fill(zeros, 3 + i * (q + 3), 3 + i * (q + 3) + q, 0);
    }
    for (boolean isStale : new boolean[] {false, true}) {
      float[] start = isStale ? zeros : c;
      float[] expected =
          Reference.addProduct(p, n, q, a, 1, 1, p + 1, b, 2, q + 2, start, 3, q + 3);
      for (Kernels kernels : kernels()) {
        float[] got = c.clone();
        kernels.addTransposedProduct(
            n, a, 1, p + 1, p, b, 2, q + 2, q, got, 3, q + 3, isStale, new Scratch());
        assertThat(Reference.distance(got, expected)).isLessThan(Reference.tolerance(n));
      }
    }
  }

  @Test
  void staleGradientOfNoTokensIsZero() {
    for (Kernels kernels : kernels()) {
      for (int p : new int[] {1, 3}) {
        for (int q : new int[] {2, 40}) {
          float[] c = Reference.numbers(p * q, 8);
          kernels.addTransposedProduct(0, c, 0, p, p, c, 0, q, q, c, 0, q, true, new Scratch());
          assertThat(c).containsOnly(0);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = SHAPES)
  void scalarAndVectorKernelsGiveTheSameBits(int m, int k, int n) {
    float[] a = Reference.numbers(m * k, 1);
    float[] b = Reference.numbers(k * n, 2);
    float[] x = Reference.numbers(m * n, 3);
    float[][] products = {Reference.numbers(m * n, 4), Reference.numbers(m * n, 4)};
    float[][] gradients = {Reference.numbers(k * n, 5), Reference.numbers(k * n, 5)};
    float[][] fromZeros = new float[2][k * n];
    float[][] fromStale = new float[2][k * n];
    for (int i = 0; i < 2; i++) {
      Kernels kernels = kernels()[i];
      Panels panels = new Panels();
      Scratch scratch = new Scratch();
      kernels.pack(b, 0, n, k, n, panels);
      kernels.addProduct(m, a, 0, k, panels, products[i], 0, n);
      kernels.addTransposedProduct(m, a, 0, k, k, x, 0, n, n, gradients[i], 0, n, false, scratch);
      kernels.addTransposedProduct(m, a, 0, k, k, x, 0, n, n, fromZeros[i], 0, n, false, scratch);
      Arrays.fill(fromStale[i], Float.NaN);
      kernels.addTransposedProduct(m, a, 0, k, k, x, 0, n, n, fromStale[i], 0, n, true, scratch);
      assertThat(fromStale[i]).containsExactly(fromZeros[0]);
    }
    assertThat(products[1]).containsExactly(products[0]);
    assertThat(gradients[1]).containsExactly(gradients[0]);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void eachRowIsTheSameBitsAloneAsInABatch(Kernels kernels) {
    int k = 300;
    for (int n : new int[] {1, 5, 8, 13, 20, 24, 33, 64}) {
      float[] a = Reference.numbers(70 * k, 9);
      float[] start = Reference.numbers(70 * n, 10);
      Panels panels = new Panels();
      kernels.pack(Reference.numbers(k * n, 11), 0, n, k, n, panels);
      float[] alone = start.clone();
      for (int i = 0; i < 70; i++) {
        kernels.addProduct(1, a, i * k, k, panels, alone, i * n, n);
      }
      for (int m = 2; m <= 70; m += m < 20 ? 1 : 10) {
        float[] together = start.clone();
        kernels.addProduct(m, a, 0, k, panels, together, 0, n);
        assertThat(Arrays.mismatch(Arrays.copyOf(alone, m * n), together)).isIn(-1, m * n);
      }
    }
  }

  /** Tiles, too, go through the panels of any width both ways. */
  @Test
  void twoRowsAreTheSameBitsWhateverTheirWidth() {
    Kernels[] both = kernels();
    for (int n = 1; n <= 8 * VectorKernels.LANES; n++) {
      float[] a = Reference.numbers(6, n);
      float[] b = Reference.numbers(3 * n, n + 1);
      float[] c = new float[2 * n];
      for (int i = 0; i < 2; i++) {
        Panels panels = new Panels();
        both[i].pack(b, 0, n, 3, n, panels);
        for (int times = 0; times < 2; times++) {
          float[] again = new float[2 * n];
          both[i].product(2, a, 0, 3, panels, again, 0, n);
          c = i == 0 ? again : c;
          assertThat(again).as("%d columns", n).containsExactly(c);
        }
      }
    }
  }

  /** Every way in which panels of one, two and four at a time can follow one another, both ways. */
  @Test
  void aSingleRowIsTheSameBitsWhateverItsWidth() {
    Kernels[] both = kernels();
    for (int n = 1; n <= 20 * VectorKernels.LANES; n++) {
      float[] a = Reference.numbers(3, n);
      float[] b = Reference.numbers(3 * n, n + 1);
      float[] c = new float[n + 1];
      for (int i = 0; i < 2; i++) {
        Panels panels = new Panels();
        both[i].pack(b, 0, n, 3, n, panels);
        for (int times = 0; times < 4; times++) {
          float[] again = new float[n + 1];
          both[i].product(1, a, 0, 3, panels, again, 0, n);
          c = i == 0 ? again : c;
          assertThat(again).as("%d columns", n).containsExactly(c);
        }
      }
    }
  }
}
