package dev.elman.kernels;

/**
 * The product with an int8 weight: {@code C = S + (A·codes)·scales}.
 *
 * <p>One row or two, the steps of a stream, read bytes: the memory sets their pace, and there are a
 * quarter as many of them. More rows use each number often enough to be worth floats. A row has the
 * same bits either way, as both sum the same numbers in the same order.
 */
final class Int8Product {

  private static final int FEW = 2;
  private static final int BLOCK = 64;
  private static final ThreadLocal<Scratch> SUMS = ThreadLocal.withInitial(Scratch::new);

  private Int8Product() {}

  /** Row i of the start S is at {@code sAt + i·sStride}; S may be C itself. */
  static void run(
      Kernels kernels,
      int m,
      float[] a,
      int aAt,
      int aStride,
      Int8Panels b,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    int n = b.n();
    float[] sums = SUMS.get().rows(Math.min(m, BLOCK) * n);
    for (int from = 0; from < m; from += BLOCK) {
      int rows = Math.min(BLOCK, m - from);
      int ai = aAt + from * aStride;
      if (m <= FEW) {
        for (int i = 0; i < rows; i++) {
          kernels.int8Row(b.k(), n, a, ai + i * aStride, b.bytes(), sums, i * n);
        }
      } else {
        kernels.product(rows, a, ai, aStride, b.floats(), sums, 0, n);
      }
      for (int i = 0; i < rows; i++) {
        int row = from + i;
        scale(n, sums, i * n, b.scales(), s, sAt + row * sStride, c, cAt + row * cStride);
      }
    }
  }

  /** Rounded twice: scaled, then added. */
  private static void scale(
      int n, float[] sums, int at, float[] scales, float[] s, int sAt, float[] c, int cAt) {
    for (int i = 0; i < n; i++) {
      c[cAt + i] = s[sAt + i] + sums[at + i] * scales[i];
    }
  }
}
