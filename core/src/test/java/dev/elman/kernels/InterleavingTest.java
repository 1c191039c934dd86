package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterleavingTest {

  private static final int K = 77;
  private static final int STRIDE = 80;

  /** With vectors of four floats it is never used: three rounds need eight lanes. */
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 8})
  void rowsStandSideBySide(int rows) {
    if (VectorKernels.LANES < 8) {
      assertThat(Interleaving.WORTHWHILE).isFalse();
      return;
    }
    float[] a = Reference.numbers(3 + (rows - 1) * STRIDE + K, 1); // ends with the last row
    float[] packed = new float[5 + 8 * K];
    int done = Interleaving.rows(rows, K, a, 3, STRIDE, packed, 5);
    assertThat(done).isEqualTo(K / VectorKernels.LANES * VectorKernels.LANES);
    for (int j = 0; j < done; j++) {
      for (int r = 0; r < rows; r++) {
        assertThat(packed[5 + 8 * j + r]).isEqualTo(a[3 + r * STRIDE + j]);
      }
    }
    assertThat(packed).startsWith(0, 0, 0, 0, 0);
    for (int i = 5 + 8 * done; i < packed.length; i++) {
      assertThat(packed[i]).isZero();
    }
  }

  /** Weights are packed so only where vectors have sixteen floats. */
  @ParameterizedTest
  @ValueSource(ints = {16, 17, 255, 256, 257, 300, 528})
  void sixteenRowsBecomeColumns(int k) {
    assumeTrue(VectorKernels.LANES == 16, "needs vectors of sixteen floats");
    float[] a = Reference.numbers(3 + 15 * (k + 2) + k, 1); // ends with the last row
    float[] data = new float[5 + 20 * k];
    Interleaving.sixteen(k, a, 3, k + 2, data, 5, 20);
    for (int j = 0; j < k; j++) {
      for (int r = 0; r < 20; r++) {
        assertThat(data[5 + 20 * j + r]).isEqualTo(r < 16 ? a[3 + r * (k + 2) + j] : 0);
      }
    }
    assertThat(data).startsWith(0, 0, 0, 0, 0);
  }
}
