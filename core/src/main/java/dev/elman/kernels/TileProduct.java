package dev.elman.kernels;

/**
 * The product of two rows or more, cut into blocks that stay in the caches.
 *
 * <p>About {@link #A_BLOCK} floats of A, {@link #DEPTH} columns wide, stay in the second cache
 * while B passes by; each panel in pieces of DEPTH rows (64 KB with 8 lanes, 128 KB with 16), which
 * stay in that cache for all rows of A. Shorter pieces would fit the nearest cache, but wide
 * weights come from beyond both, and come faster the longer they are read in the order they lie in.
 * Measured where that cache has 1 MB; packed, with tiles of six rows, A takes a third more. Of wide
 * weights, which come from beyond, more rows at a time mean fewer passes. Blocks change no bits: a
 * sum that leaves for C comes back as it was. Nor does it matter that panels are gone through from
 * the last to the first every other time ({@link Panels#turn}).
 */
final class TileProduct {

  private static final int L = VectorKernels.LANES;
  private static final int DEPTH = 1024;
  private static final int FEW_ROWS = 12;
  private static final int A_BLOCK = 144 * 1024;
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
        k -> {
          NarrowPackedTiles.run(8, k, x, 0, x, 0, y, 0, 0, y, 0, 0);
          NarrowPackedTiles.run(
              2, k, x, 0, x, 0, y, 0, 0, y, 0, 0); // the JIT must see all its ways
        });
    if (Interleaving.WORTHWHILE) {
      float[] columns = WarmUp.numbers(L * L);
      WarmUp.run(
          k -> Interleaving.rows(8, k * L, x, 0, 0, packed, 0),
          k -> Interleaving.sixteen(k * L, x, 0, 0, columns, 0, L));
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
    // all columns are those of A: nothing is read of the second matrix
    blocks(m, a, aAt, aStride, b.k(), a, 0, 0, b, s, sAt, sStride, c, cAt, cStride);
  }

  /** {@code C = start + [A | more]·B}, rows of both without gaps. */
  static void run(
      int m,
      float[] a,
      int aAt,
      int aColumns,
      float[] more,
      int moreAt,
      int moreColumns,
      Panels b,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    blocks(
        m,
        a,
        aAt,
        aColumns,
        aColumns,
        more,
        moreAt,
        moreColumns,
        b,
        s,
        sAt,
        sStride,
        c,
        cAt,
        cStride);
  }

  private static void blocks(
      int m,
      float[] a,
      int aAt,
      int aStride,
      int aColumns,
      float[] more,
      int moreAt,
      int moreStride,
      Panels b,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    int most = A_BLOCK / Math.max(1, Math.min(DEPTH, b.k())) / 24 * 24;
    for (int i = 0; i < m; ) {
      int left = m - i;
      int rows = left == most + 1 ? most - 1 : Math.min(most, left); // no tile for a single row
      int k = b.k();
      int depth = rows <= FEW_ROWS ? k : DEPTH;
      float[] from = s;
      int si = sAt + i * sStride;
      int ci = cAt + i * cStride;
      int at = 0;
      do {
        int end = Math.min(at + depth, k);
        int middle = Math.max(at, Math.min(end, aColumns));
        float[] packed = PACKED.get().rows((rows / MOST_ROWS + 2) * PITCH * (end - at));
        pack(rows, middle - at, a, aAt + i * aStride + at, aStride, packed, 0, end - at);
        int mi = moreAt + i * moreStride + middle - aColumns;
        int beside = PITCH * (middle - at);
        pack(rows, end - middle, more, mi, moreStride, packed, beside, end - at);
        panels(
            rows, end - at, packed, b, at, from, si, at == 0 ? sStride : cStride, c, ci, cStride);
        from = c;
        si = ci;
        at = end;
      } while (at < k);
      i += rows;
    }
  }

  /** Columns of the groups of rows, which are {@code [all, PITCH]} each. */
  private static void pack(
      int m, int k, float[] a, int aAt, int aStride, float[] packed, int first, int all) {
    int to = first;
    for (int i = 0; i < m && k > 0; ) {
      int rows = tileRows(m - i);
      int ai = aAt + i * aStride;
      if (rows > 4 && k >= L && Interleaving.WORTHWHILE) {
        int done = Interleaving.rows(rows, k, a, ai, aStride, packed, to);
        if (done < k) { // the last columns, with some of those before
          Interleaving.rows(rows, L, a, ai + k - L, aStride, packed, to + PITCH * (k - L));
        }
      } else {
        for (int r = 0; r < rows; r++) {
          spread(k, a, ai + r * aStride, packed, to + r);
        }
      }
      to += PITCH * all;
      i += rows;
    }
  }

  private static void spread(int k, float[] a, int at, float[] packed, int to) {
    for (int j = 0; j < k; j++) {
      packed[to + PITCH * j] = a[at + j];
    }
  }

  /** Through all panels of B, of which k rows from {@code depth} on. */
  private static void panels(
      int m,
      int k,
      float[] packed,
      Panels b,
      int depth,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    int n = b.n();
    float[] data = b.data();
    int count = Packing.panels(n);
    boolean backwards = b.turn();
    for (int x = 0; x < count; x++) {
      int j = Packing.panelStart(backwards ? count - 1 - x : x, n);
      int width = Packing.panelWidth(n - j);
      int last = Packing.secondVector(n - j);
      int bAt = b.at(j, width) + depth * width;
      int p = 0;
      for (int i = 0; i < m; ) {
        int rows = tileRows(m - i);
        int si = sAt + j + i * sStride;
        int ci = cAt + j + i * cStride;
        if (width == L) {
          NarrowPackedTiles.run(rows, k, packed, p, data, bAt, s, si, sStride, c, ci, cStride);
        } else {
          tile(rows, k, packed, p, data, bAt, s, si, sStride, c, ci, cStride, last);
        }
        p += PITCH * k;
        i += rows;
      }
    }
  }

  /** A panel of two vectors and 2 to {@link #MOST_ROWS} packed rows. */
  static void tile(
      int rows,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride,
      int last) {
    switch (rows) {
      case 8 -> PackedTiles.eight(k, a, aAt, b, bAt, s, sAt, sStride, c, cAt, cStride, last);
      case 7 -> PackedTiles.seven(k, a, aAt, b, bAt, s, sAt, sStride, c, cAt, cStride, last);
      case 6 -> PackedTiles.six(k, a, aAt, b, bAt, s, sAt, sStride, c, cAt, cStride, last);
      case 5 -> PackedTiles.five(k, a, aAt, b, bAt, s, sAt, sStride, c, cAt, cStride, last);
      case 4 -> PackedTiles.four(k, a, aAt, b, bAt, s, sAt, sStride, c, cAt, cStride, last);
      case 3 -> PackedTiles.three(k, a, aAt, b, bAt, s, sAt, sStride, c, cAt, cStride, last);
      default -> PackedTiles.two(k, a, aAt, b, bAt, s, sAt, sStride, c, cAt, cStride, last);
    }
  }

  /** The most rows at a time, but two tiles as even as may be where few would be left. */
  static int tileRows(int left) {
    boolean two = left > MOST_ROWS && left <= MOST_ROWS * 3 / 2;
    return two ? (left + 1) / 2 : Math.min(left, MOST_ROWS);
  }
}
