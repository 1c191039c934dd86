package dev.elman.kernels;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Products in double precision, index by index, and arrays with something in every gap. */
final class Reference {

  private Reference() {}

  /** Numbers in [-1, 1), a different array for each seed. */
  static float[] numbers(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return x;
  }

  /** {@code C += A·B} where element (i, j) of A is at {@code aAt + i·aRow + j·aColumn}. */
  static float[] addProduct(
      int m,
      int k,
      int n,
      float[] a,
      int aAt,
      int aRow,
      int aColumn,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt,
      int cStride) {
    float[] sums = c.clone();
    double[] row = new double[n];
    for (int i = 0; i < m; i++) {
      Arrays.fill(row, 0);
      for (int j = 0; j < k; j++) {
        double x = a[aAt + i * aRow + j * aColumn];
        for (int l = 0; l < n; l++) {
          row[l] += x * b[bAt + j * bStride + l];
        }
      }
      for (int l = 0; l < n; l++) {
        sums[cAt + i * cStride + l] += (float) row[l];
      }
    }
    return sums;
  }

  /** The largest difference of two elements; NaN where one is NaN. */
  static double distance(float[] x, float[] y) {
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      most = Math.max(most, Math.abs((double) x[i] - y[i]));
    }
    return most;
  }

  /** What rounding may cost a sum of k products of numbers in [-1, 1). */
  static double tolerance(int k) {
    return 1e-7 * (4 + k);
  }
}
