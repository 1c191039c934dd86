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

  /** {@code C = A·codes·2^24}, by vectors if they may be used, else one code at a time. */
  static void run(boolean vectors, int k, int n, float[] a, int aAt, byte[] b, float[] c, int cAt) {
    if (n < L) {
      for (int i = 0; i < n; i++) {
        c[cAt + i] = sum(k, a, aAt, b, i, n);
      }
      return;
    }
    int at = 0;
    for (int j = 0; j < n; ) {
      int columns = columns(n - j);
      int second = start(1, columns);
      int third = start(2, columns);
      int fourth = start(3, columns);
      if (vectors) {
        Int8Tiles.row1(k, a, aAt, b, at, c, cAt + j, second, third, fourth);
      } else {
        plainRow1(k, a, aAt, b, at, c, cAt + j, second, third, fourth);
      }
      j += columns;
      at += VECTORS * L * k;
    }
  }

  private static void plainRow1(
      int k,
      float[] a,
      int aAt,
      byte[] b,
      int bAt,
      float[] c,
      int cAt,
      int second,
      int third,
      int fourth) {
    for (int l = 0; l < L; l++) {
      int at = bAt + VECTORS * l;
      c[cAt + l] = sum(k, a, aAt, b, at, VECTORS * L);
      c[cAt + second + l] = sum(k, a, aAt, b, at + 1, VECTORS * L);
      c[cAt + third + l] = sum(k, a, aAt, b, at + 2, VECTORS * L);
      c[cAt + fourth + l] = sum(k, a, aAt, b, at + 3, VECTORS * L);
    }
  }

  private static float sum(int k, float[] a, int aAt, byte[] b, int bAt, int stride) {
    float sum = 0;
    for (int j = 0; j < k; j++) {
      sum = Math.fma(a[aAt + j], (float) (b[bAt + j * stride] << 24), sum);
    }
    return sum;
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
