package dev.elman.kernels;

import java.util.Arrays;

/**
 * What is done along rows, one number after the other: what {@link VectorRows} computes, to the
 * bit, a vector at a time.
 */
final class Rows {

  private Rows() {}

  /** Makes a matrix {@code [m, n]} zeros. */
  static void zero(int m, int n, float[] c, int cAt, int cStride) {
    for (int i = 0; i < m; i++) {
      Arrays.fill(c, cAt + i * cStride, cAt + i * cStride + n, 0);
    }
  }

  /** {@code y += x}, for elements {@code from} to {@code to}. */
  static void add(int from, int to, float[] x, int xAt, float[] y, int yAt) {
    for (int i = from; i < to; i++) {
      y[yAt + i] += x[xAt + i];
    }
  }

  /** {@code y += s·x}, rounded once. */
  static void axpy(int from, int to, float s, float[] x, int xAt, float[] y, int yAt) {
    for (int i = from; i < to; i++) {
      y[yAt + i] = Math.fma(s, x[xAt + i], y[yAt + i]);
    }
  }

  /** {@code y = s·x}. */
  static void scale(int from, int to, float s, float[] x, int xAt, float[] y, int yAt) {
    for (int i = from; i < to; i++) {
      y[yAt + i] = s * x[xAt + i];
    }
  }

  /** The largest of {@code start} and the elements, NaN where there is one. */
  static float max(int from, int to, float start, float[] x, int xAt) {
    float max = start;
    for (int i = from; i < to; i++) {
      max = Math.max(max, x[xAt + i]);
    }
    return max;
  }

  /** The softmax of one row; returns the logarithm of its sum of exponentials. */
  static float softmax(int n, float[] x, int xAt, float[] y, int yAt) {
    float max = max(0, n, Float.NEGATIVE_INFINITY, x, xAt);
    Activations.exp(0, n, x, xAt, y, yAt, max);
    double sum = sum(y, yAt, n);
    scale(0, n, (float) (1 / sum), y, yAt, y, yAt);
    return (float) (max + StrictMath.log(sum));
  }

  /** Four sums side by side, each in order, added in order: the same at every vector width. */
  static double sum(float[] x, int at, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      s0 += x[at + i];
      s1 += x[at + i + 1];
      s2 += x[at + i + 2];
      s3 += x[at + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[at + i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** {@code Σ x²}, in the order of {@link #sum}. */
  static double sumOfSquares(float[] x, int at, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      s0 = Math.fma(x[at + i], (double) x[at + i], s0);
      s1 = Math.fma(x[at + i + 1], (double) x[at + i + 1], s1);
      s2 = Math.fma(x[at + i + 2], (double) x[at + i + 2], s2);
      s3 = Math.fma(x[at + i + 3], (double) x[at + i + 3], s3);
    }
    for (; i < n; i++) {
      s0 = Math.fma(x[at + i], (double) x[at + i], s0);
    }
    return s0 + s1 + (s2 + s3);
  }
}
