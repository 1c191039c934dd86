package dev.elman.kernels;

/**
 * Matrix products over packed panels, cut into blocks that stay in the caches.
 *
 * <p>B is packed once into panels ({@link Packing}), so the innermost loop reads it from front to
 * back whatever its shape. A panel is worked on in blocks of {@link #DEPTH} rows (32 KB with 8
 * lanes), which stay in the nearest caches while rows of A pass by; those rows come in blocks of
 * about {@link #A_BLOCK} floats, which stay in the second. Blocks change no bits: a sum that leaves
 * for C comes back as it was.
 */
final class Product {

  private static final int L = VectorKernels.LANES;
  private static final int DEPTH = 512;
  private static final int A_BLOCK = 48 * 1024;

  private Product() {}

  /** {@code C = start + A·B}; row i of the start is at {@code sAt + i·sStride}. */
  static void run(
      int m,
      float[] a,
      int aAt,
      int aStride,
      Panels b,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    if (b.n() < L) {
      NarrowProduct.run(m, a, aAt, aStride, b, s, sAt, sStride, c, cAt, cStride);
      return;
    }
    if (m == 1) {
      row(a, aAt, b, s, sAt, c, cAt);
      return;
    }
    int block = 6 + A_BLOCK / Math.max(1, b.k()) / 6 * 6;
    for (int i = 0; i < m; i += block) {
      int rows = Math.min(block, m - i);
      int ai = aAt + i * aStride;
      int si = sAt + i * sStride;
      block(rows, a, ai, aStride, b, s, si, sStride, c, cAt + i * cStride, cStride);
    }
  }

  /** A single row reads each number of B for one multiplication: two panels at a time. */
  private static void row(float[] a, int aAt, Panels b, float[] s, int sAt, float[] c, int cAt) {
    int k = b.k();
    int n = b.n();
    float[] data = b.data();
    int j = 0;
    while (j < n - 5 * L || (j < n - 3 * L && j >= n - 4 * L)) {
      int columns = Math.min(4 * L, n - j);
      PanelTiles.row1Twice(
          k, a, aAt, data, j * k, 2 * L * k, s, sAt + j, c, cAt + j, columns - 3 * L);
      j += columns;
    }
    while (j < n) {
      int left = n - j;
      if (Packing.panelWidth(left) == L) {
        NarrowTiles.row1(k, a, aAt, data, j * k, s, sAt + j, c, cAt + j);
        j += L;
      } else {
        int columns = Math.min(2 * L, left);
        PanelTiles.row1(k, a, aAt, data, j * k, s, sAt + j, c, cAt + j, columns - L);
        j += columns;
      }
    }
  }

  private static void block(
      int m,
      float[] a,
      int aAt,
      int aStride,
      Panels b,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    int k = b.k();
    int n = b.n();
    float[] data = b.data();
    for (int j = 0; j < n; ) {
      int width = Packing.panelWidth(n - j);
      int columns = Math.min(2 * L, n - j);
      float[] from = s;
      int fromAt = sAt + j;
      int fromStride = sStride;
      int depth = 0;
      do {
        int rows = Math.min(DEPTH, k - depth);
        int bAt = j * k + depth * width;
        if (width == L) {
          narrowPanel(
              m,
              rows,
              a,
              aAt + depth,
              aStride,
              data,
              bAt,
              from,
              fromAt,
              fromStride,
              c,
              cAt + j,
              cStride);
        } else {
          panel(
              m,
              rows,
              a,
              aAt + depth,
              aStride,
              data,
              bAt,
              from,
              fromAt,
              fromStride,
              c,
              cAt + j,
              cStride,
              columns - L);
        }
        from = c;
        fromAt = cAt + j;
        fromStride = cStride;
        depth += DEPTH;
      } while (depth < k);
      j += width;
    }
  }

  private static void panel(
      int m,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride,
      int last) {
    int i = 0;
    while (i < m) {
      int rows = tileRows(m - i);
      int ai = aAt + i * aStride;
      int si = sAt + i * sStride;
      int ci = cAt + i * cStride;
      switch (rows) {
        case 6 -> PanelTiles.rows6(k, a, ai, aStride, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 5 -> PanelTiles.rows5(k, a, ai, aStride, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 4 -> PanelTiles.rows4(k, a, ai, aStride, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 3 -> PanelTiles.rows3(k, a, ai, aStride, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 2 -> PanelTiles.rows2(k, a, ai, aStride, b, bAt, s, si, sStride, c, ci, cStride, last);
        default -> PanelTiles.row1(k, a, ai, b, bAt, s, si, c, ci, last);
      }
      i += rows;
    }
  }

  /** Six rows at a time, but never one, two or three after six: 7 is 4 + 3, 8 is 4 + 4. */
  private static int tileRows(int left) {
    if (left <= 6) {
      return left;
    }
    return left == 9 ? 5 : left <= 8 ? 4 : 6;
  }

  private static void narrowPanel(
      int m,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    int i = 0;
    while (i < m) {
      int ai = aAt + i * aStride;
      int si = sAt + i * sStride;
      int ci = cAt + i * cStride;
      if (m - i >= 4) {
        NarrowTiles.rows4(k, a, ai, aStride, b, bAt, s, si, sStride, c, ci, cStride);
        i += 4;
      } else {
        NarrowTiles.row1(k, a, ai, b, bAt, s, si, c, ci);
        i++;
      }
    }
  }
}
