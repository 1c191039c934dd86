package dev.elman.kernels;

/** Turns {@code [m, n]} into {@code [n, m]}, eight rows at a time so that lines are used whole. */
final class Transposition {

  private Transposition() {}

  static void run(float[] x, int at, int stride, int m, int n, float[] y, int yStride) {
    int i = 0;
    for (; i < m - 7; i += 8) {
      rows8(x, at + i * stride, stride, n, y, i, yStride);
    }
    for (; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[j * yStride + i] = x[at + i * stride + j];
      }
    }
  }

  private static void rows8(float[] x, int at, int stride, int n, float[] y, int to, int yStride) {
    for (int j = 0; j < n; j++) {
      int from = at + j;
      int into = to + j * yStride;
      y[into] = x[from];
      y[into + 1] = x[from + stride];
      y[into + 2] = x[from + 2 * stride];
      y[into + 3] = x[from + 3 * stride];
      y[into + 4] = x[from + 4 * stride];
      y[into + 5] = x[from + 5 * stride];
      y[into + 6] = x[from + 6 * stride];
      y[into + 7] = x[from + 7 * stride];
    }
  }
}
