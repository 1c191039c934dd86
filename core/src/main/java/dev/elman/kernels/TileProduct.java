package dev.elman.kernels;

/**
 * The product of two rows or more, cut into blocks that stay in the caches.
 *
 * <p>About {@link #A_BLOCK} floats of A, {@link #DEPTH} columns wide, stay in the second cache
 * while B passes by; each panel in pieces of DEPTH rows (64 KB with 8 lanes, 128 KB with 16), which
 * stay in that cache for all rows of A. Shorter pieces would fit the nearest cache, but wide
 * weights come from beyond both, and come faster the longer they are read in the order they lie in.
 * Measured where that cache has 1 MB; packed, with tiles of six rows, A takes a third more. Blocks
 * change no bits: a sum that leaves for C comes back as it was.
 */
final class TileProduct {

  private static final int L = VectorKernels.LANES;
  private static final int DEPTH = 1024;
  private static final int FEW_ROWS = 12;
  private static final int A_BLOCK = 96 * 1024;
  private static final int PITCH = PackedTiles.PITCH;

  private static final ThreadLocal<Scratch> PACKED = ThreadLocal.withInitial(Scratch::new);

  /** Rows of the largest tile, found by timing: whether this JVM keeps its sums in registers. */
  static final int MOST_ROWS;

  static {
    float[] x = WarmUp.numbers(Math.max(PITCH, 2 * L));
    float[] y = WarmUp.numbers(2 * L);
    float[] packed = WarmUp.numbers(PITCH * L);
    WarmUp.Loop eight = k -> PackedTiles.eight(k, x, 0, x, 0, y, 0, 0, y, 0, 0, L);
    WarmUp.Loop six = k -> PackedTiles.six(k, x, 0, x, 0, y, 0, 0, y, 0, 0, L);
    WarmUp.Loop four = k -> PackedTiles.four(k, x, 0, x, 0, y, 0, 0, y, 0, 0, L);
    WarmUp.run(
        eight,
        k -> PackedTiles.seven(k, x, 0, x, 0, y, 0, 0, y, 0, 0, L),
        six,
        k -> PackedTiles.five(k, x, 0, x, 0, y, 0, 0, y, 0, 0, L),
        four,
        k -> PackedTiles.three(k, x, 0, x, 0, y, 0, 0, y, 0, 0, L),
        k -> PackedTiles.two(k, x, 0, x, 0, y, 0, 0, y, 0, 0, L),
        k -> PanelTiles.row1(k, x, 0, x, 0, y, 0, y, 0, L),
        k -> NarrowTiles.rows4(k, x, 0, 0, x, 0, y, 0, 0, y, 0, 0),
        k -> NarrowTiles.row1(k, x, 0, x, 0, y, 0, y, 0));
    if (Interleaving.WORTHWHILE) {
      WarmUp.run(k -> Interleaving.rows(8, k * L, x, 0, 0, packed, 0));
    }
    int fewer = WarmUp.isFaster(six, 2, four, 3) ? 6 : 4; // twelve rows either way
    // sixteen against eighteen: most batches are multiples of eight, which sixes do not divide
    boolean eightToo = fewer == 6 && 2 * L >= PITCH && WarmUp.isFaster(eight, 2, six, 3);
    MOST_ROWS = eightToo ? 8 : fewer;
  }

  private TileProduct() {}

  /** Returns when the loops are compiled. */
  static void compile() {
    // the static initialiser has done it
  }

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
    int block = A_BLOCK / Math.max(1, Math.min(DEPTH, b.k())) / 24 * 24;
    for (int i = 0; i < m; i += block) {
      int rows = Math.min(block, m - i);
      int ai = aAt + i * aStride;
      int si = sAt + i * sStride;
      block(rows, a, ai, aStride, b, s, si, sStride, c, cAt + i * cStride, cStride);
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
    float[] from = s;
    int fromAt = sAt;
    int fromStride = sStride;
    int most = m <= FEW_ROWS ? k : DEPTH;
    int depth = 0;
    do {
      int rows = Math.min(most, k - depth);
      float[] packed = pack(m, rows, a, aAt + depth, aStride);
      for (int j = 0; j < n; ) {
        int width = Packing.panelWidth(n - j);
        int columns = Math.min(2 * L, n - j);
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
              fromAt + j,
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
              packed,
              data,
              bAt,
              from,
              fromAt + j,
              fromStride,
              c,
              cAt + j,
              cStride,
              columns - L);
        }
        j += width;
      }
      from = c;
      fromAt = cAt;
      fromStride = cStride;
      depth += most;
    } while (depth < k);
  }

  /** The groups of rows that are read packed, {@code [k, PITCH]} each. */
  private static float[] pack(int m, int k, float[] a, int aAt, int aStride) {
    float[] packed = PACKED.get().rows((m / MOST_ROWS + 2) * PITCH * k);
    int to = 0;
    for (int i = 0; i < m; ) {
      int rows = tileRows(m - i);
      int ai = aAt + i * aStride;
      int done =
          rows > 4 && Interleaving.WORTHWHILE
              ? Interleaving.rows(rows, k, a, ai, aStride, packed, to)
              : 0;
      for (int r = 0; r < rows && rows > 1; r++) {
        spread(k - done, a, ai + r * aStride + done, packed, to + PITCH * done + r);
      }
      to += PITCH * k;
      i += rows;
    }
    return packed;
  }

  private static void spread(int k, float[] a, int at, float[] packed, int to) {
    for (int j = 0; j < k; j++) {
      packed[to + PITCH * j] = a[at + j];
    }
  }

  private static void panel(
      int m,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] packed,
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
    int p = 0;
    while (i < m) {
      int rows = tileRows(m - i);
      int ai = aAt + i * aStride;
      int si = sAt + i * sStride;
      int ci = cAt + i * cStride;
      switch (rows) {
        case 8 -> PackedTiles.eight(k, packed, p, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 7 -> PackedTiles.seven(k, packed, p, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 6 -> PackedTiles.six(k, packed, p, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 5 -> PackedTiles.five(k, packed, p, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 4 -> PackedTiles.four(k, packed, p, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 3 -> PackedTiles.three(k, packed, p, b, bAt, s, si, sStride, c, ci, cStride, last);
        case 2 -> PackedTiles.two(k, packed, p, b, bAt, s, si, sStride, c, ci, cStride, last);
        default -> PanelTiles.row1(k, a, ai, b, bAt, s, si, c, ci, last);
      }
      p += PITCH * k;
      i += rows;
    }
  }

  /** The most rows at a time, but two tiles as even as may be where few would be left. */
  private static int tileRows(int left) {
    boolean two = left > MOST_ROWS && left <= MOST_ROWS * 3 / 2;
    return two ? (left + 1) / 2 : Math.min(left, MOST_ROWS);
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
