package dev.elman.kernels;

/**
 * The layout of {@link Panels} for vector kernels.
 *
 * <p>Columns stand in panels of two vectors, each panel {@code [k, 2·L]} row by row; the panel that
 * begins with column j begins at {@code j·k}. The last panel holds more than L columns: where they
 * do not fill it, its second vector holds the last L columns of B, overlapping the first. Where
 * that would leave less than L + 1 columns to it, a panel of one vector stands before it. A matrix
 * narrower than a vector is one panel of its own width, and not for vectors.
 */
final class Packing {

  private static final int L = VectorKernels.LANES;

  private Packing() {}

  /** The width of the panel that comes next when {@code left} columns are left. */
  static int panelWidth(int left) {
    if (left < L) {
      return left;
    }
    return left == L || (left > 2 * L && left <= 3 * L) ? L : 2 * L;
  }

  private static float[] shape(int k, int n, Panels into) {
    return into.shape(k, n, n < L ? n : (n + L - 1) / L * L);
  }

  static void pack(float[] b, int at, int stride, int k, int n, Panels into) {
    float[] data = shape(k, n, into);
    for (int j = 0; j < n; ) {
      int width = panelWidth(n - j);
      if (width < L) {
        for (int i = 0; i < k; i++) {
          System.arraycopy(b, at + i * stride, data, i * n, n);
        }
      } else if (width == L) {
        Copying.oneVector(b, at + j, stride, k, data, j * k);
      } else {
        Copying.twoVectors(b, at + j, stride, secondVector(n - j), k, data, j * k);
      }
      j += width;
    }
  }

  static void packTransposed(float[] w, int at, int stride, int n, int k, Panels into) {
    float[] data = shape(k, n, into);
    for (int j = 0; j < n; ) {
      int width = panelWidth(n - j);
      int second = secondVector(n - j);
      int first = Math.min(L, width);
      for (int x = 0; x < first; x++) {
        column(w, at + (j + x) * stride, k, data, j * k + x, width);
      }
      for (int x = first; x < width; x++) {
        column(w, at + (j + second + x - L) * stride, k, data, j * k + x, width);
      }
      j += width;
    }
  }

  /** Where the second vector of a panel begins: L columns on, or less in the last panel. */
  static int secondVector(int left) {
    return Math.min(2 * L, left) - L;
  }

  private static void column(float[] w, int at, int k, float[] data, int to, int width) {
    for (int i = 0; i < k; i++) {
      data[to + i * width] = w[at + i];
    }
  }
}
