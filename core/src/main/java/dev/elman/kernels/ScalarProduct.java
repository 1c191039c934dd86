package dev.elman.kernels;

/**
 * The product as plain loops, to the bits of {@link TileProduct}: a row of C takes four rows of B
 * at a time.
 *
 * <p>The JIT makes vectors of such a loop only where all arrays are read at the loop's own index,
 * as otherwise two of them might be one array and overlap. That is why each row of B is an array of
 * its own, and why sums are copied there and back. Five to ten times the speed of any loop over
 * offsets.
 */
final class ScalarProduct {

  private ScalarProduct() {}

  /**
   * {@code C += A·B}, A {@code [m, k]}, B {@code [k, n]}, C {@code [m, n]}.
   *
   * @param aStep from one number of a row of A to the next
   * @param sums space for n numbers
   */
  static void add(
      int m,
      int k,
      int n,
      float[] a,
      int aAt,
      int aStride,
      int aStep,
      float[][] b,
      float[] c,
      int cAt,
      int cStride,
      float[] sums) {
    for (int i = 0; i < m; i++) {
      System.arraycopy(c, cAt + i * cStride, sums, 0, n);
      int at = aAt + i * aStride;
      int j = 0;
      for (; j < k - 3; j += 4) {
        float s0 = a[at];
        float s1 = a[at + aStep];
        float s2 = a[at + 2 * aStep];
        float s3 = a[at + 3 * aStep];
        four(n, s0, b[j], s1, b[j + 1], s2, b[j + 2], s3, b[j + 3], sums);
        at += 4 * aStep;
      }
      for (; j < k; j++) {
        one(n, a[at], b[j], sums);
        at += aStep;
      }
      System.arraycopy(sums, 0, c, cAt + i * cStride, n);
    }
  }

  private static void four(
      int n,
      float s0,
      float[] x0,
      float s1,
      float[] x1,
      float s2,
      float[] x2,
      float s3,
      float[] x3,
      float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] =
          Math.fma(s3, x3[i], Math.fma(s2, x2[i], Math.fma(s1, x1[i], Math.fma(s0, x0[i], y[i]))));
    }
  }

  private static void one(int n, float s, float[] x, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(s, x[i], y[i]);
    }
  }
}
