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

  /** Rows packed at a time: as many pages are read at once. */
  private static final int ROWS = 16;

  /** So long a piece of a panel stays in the first cache while its columns are filled. */
  private static final int COLUMN = 128;

  private Packing() {}

  /** The width of the panel that comes next when {@code left} columns are left. */
  static int panelWidth(int left) {
    if (left < L) {
      return left;
    }
    return left == L || (left > 2 * L && left <= 3 * L) ? L : 2 * L;
  }

  /** How many panels n columns have, n at least L. */
  static int panels(int n) {
    return (n + 2 * L - 1) / (2 * L);
  }

  /** The first column of a panel. */
  static int panelStart(int panel, int n) {
    int at = 2 * L * panel;
    return panel > 0 && n - at <= L ? at - L : at;
  }

  private static float[] shape(int k, int n, Panels into) {
    return into.shape(k, n, n < L ? n : (n + L - 1) / L * L);
  }

  static void pack(float[] b, int at, int stride, int k, int n, Panels into) {
    float[] data = shape(k, n, into);
    for (int i = 0; i < k; i += ROWS) {
      int rows = Math.min(ROWS, k - i);
      int from = at + i * stride;
      for (int j = 0; j < n; ) {
        int width = panelWidth(n - j);
        int to = j * k + i * width;
        if (width < L) {
          for (int x = 0; x < rows; x++) {
            System.arraycopy(b, from + x * stride, data, to + x * width, width);
          }
        } else if (width == L) {
          Copying.oneVector(b, from + j, stride, rows, data, to);
        } else {
          Copying.twoVectors(b, from + j, stride, secondVector(n - j), rows, data, to);
        }
        j += width;
      }
    }
  }

  /** To k rows of {@code all}, from {@code first} on. */
  static void packTransposed(
      boolean compiled,
      float[] w,
      int at,
      int stride,
      int n,
      int k,
      Panels into,
      int first,
      int all) {
    float[] data = shape(all, n, into);
    boolean byVectors = compiled && Interleaving.WORTHWHILE && n >= L && k >= L;
    for (int j = 0; j < n; ) {
      int width = panelWidth(n - j);
      int second = secondVector(n - j);
      int from = at + j * stride;
      int to = j * all + first * width;
      if (byVectors) {
        Interleaving.sixteen(k, w, from, stride, data, to, width);
        if (width > L) {
          Interleaving.sixteen(k, w, from + second * stride, stride, data, to + L, width);
        }
      } else {
        byFloats(w, from, stride, second, k, data, to, width);
      }
      j += width;
    }
  }

  private static void byFloats(
      float[] w, int at, int stride, int second, int k, float[] data, int to, int width) {
    for (int i = 0; i < k; i += COLUMN) {
      int rows = Math.min(COLUMN, k - i);
      for (int x = 0; x < width; x++) {
        int column = x < L ? x : x - L + second;
        column(w, at + i + column * stride, rows, data, to + i * width + x, width);
      }
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
