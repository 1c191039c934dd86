package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;

/**
 * The product of a single row with int8 codes, and their layout for it.
 *
 * <p>Columns stand in panels {@code [k, 4·L]}, each with the columns of four vectors: byte {@code
 * 4·l + v} of a row is the code of lane l in vector v. A panel has room for more columns than the
 * last ones may be, at least L: there its vectors overlap and agree. A matrix narrower than a
 * vector stands as it is, {@code [k, n]}, and is not for vectors.
 */
final class Int8RowProduct {

  private static final int L = VectorKernels.LANES;
  private static final int VECTORS = 4;

  static {
    float[] x = WarmUp.numbers(VECTORS * L);
    byte[] codes = new byte[x.length];
    float[] y = WarmUp.numbers(L);
    WarmUp.run(k -> Int8Tiles.row1(k, x, 0, codes, 0, y, 0, L, 2 * L, 3 * L));
  }

  private Int8RowProduct() {}

  static byte[] pack(Int8Rows w) {
    int n = w.rows();
    int k = w.columns();
    if (n < L) {
      return ScalarKernels.transposed(w);
    }
    byte[] packed = new byte[Math.multiplyExact(panels(n) * VECTORS * L, k)];
    int at = 0;
    for (int j = 0; j < n; j += columns(n - j)) {
      for (int v = 0; v < VECTORS; v++) {
        int first = j + start(v, columns(n - j));
        for (int l = 0; l < L; l++) {
          column(w.codes(), (first + l) * k, k, packed, at + VECTORS * l + v);
        }
      }
      at += VECTORS * L * k;
    }
    return packed;
  }

  private static void column(byte[] codes, int from, int k, byte[] packed, int to) {
    for (int i = 0; i < k; i++) {
      packed[to + i * VECTORS * L] = codes[from + i];
    }
  }

  static void run(int k, int n, float[] a, int aAt, byte[] b, float[] c, int cAt) {
    if (n < L) {
      narrow(k, n, a, aAt, b, c, cAt);
      return;
    }
    int at = 0;
    for (int j = 0; j < n; ) {
      int columns = columns(n - j);
      Int8Tiles.row1(
          k, a, aAt, b, at, c, cAt + j, start(1, columns), start(2, columns), start(3, columns));
      j += columns;
      at += VECTORS * L * k;
    }
  }

  private static void narrow(int k, int n, float[] a, int aAt, byte[] b, float[] c, int cAt) {
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int j = 0; j < k; j++) {
        sum = Math.fma(a[aAt + j], (float) (b[j * n + i] << 24), sum);
      }
      c[cAt + i] = sum;
    }
  }

  private static int panels(int n) {
    int panels = 0;
    for (int j = 0; j < n; j += columns(n - j)) {
      panels++;
    }
    return panels;
  }

  /** How many columns come next when so many are left: never so many that fewer than L follow. */
  private static int columns(int left) {
    if (left <= VECTORS * L) {
      return left;
    }
    return left < (VECTORS + 1) * L ? (VECTORS - 1) * L : VECTORS * L;
  }

  /** Where a vector begins in a panel of so many columns. */
  private static int start(int vector, int columns) {
    return Math.min(vector * L, columns - L);
  }
}
