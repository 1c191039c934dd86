package dev.elman.kernels;

/**
 * The weight gradient {@code C += Aᵀ·B}, token after token, as products of packed blocks.
 *
 * <p>Read as it lies, A would touch a new page at each step of the innermost loop. So tokens come
 * in blocks of {@link #TOKENS}: their rows of B are packed into panels, their columns of A in
 * groups as wide as tiles have rows, {@link #GROUPS} before the panels are gone through: of a few
 * tokens at a time, so that a row is in cache for every group. Where C is stale, sums begin with
 * one row of zeros: C is neither cleared nor read before.
 */
final class TransposedProduct {

  private static final int L = VectorKernels.LANES;
  private static final int TOKENS = 384;
  private static final int GROUPS = 16;
  private static final int AT_ONCE = 16; // tokens whose rows are copied into all groups
  private static final int PITCH = PackedTiles.PITCH;

  private TransposedProduct() {}

  static void run(
      int n,
      float[] a,
      int aAt,
      int aStride,
      int p,
      float[] b,
      int bAt,
      int bStride,
      int q,
      float[] c,
      int cAt,
      int cStride,
      boolean isStale,
      Scratch scratch) {
    boolean byTiles = p > 1 && q >= L && n > 0;
    if (isStale && !byTiles) {
      Rows.zero(p, q, c, cAt, cStride);
    }
    if (p == 1) {
      for (int i = 0; i < n; i++) {
        VectorRows.axpy(a[aAt + i * aStride], b, bAt + i * bStride, c, cAt, q);
      }
      return;
    }
    if (q < L) {
      narrow(n, a, aAt, aStride, p, b, bAt, bStride, q, c, cAt, cStride, scratch);
      return;
    }
    Panels panels = scratch.panels();
    float[] packed = scratch.rows(GROUPS * PITCH * (TOKENS + 1) + L);
    for (int at = 0; at < n; at += TOKENS) {
      int tokens = Math.min(TOKENS, n - at);
      int ai = aAt + at * aStride;
      Packing.pack(b, bAt + at * bStride, bStride, tokens, q, panels);
      int i = 0;
      while (i < p) {
        int from = i;
        // a row of room behind each group: whole vectors are copied, of at most two rows' length
        for (int t = 0; t < tokens; t += AT_ONCE) {
          int some = Math.min(AT_ONCE, tokens - t);
          i = from;
          for (int group = 0; group < GROUPS && i < p; group++) {
            int columns = TileProduct.tileRows(p - i);
            int to = PITCH * (group * (tokens + 1) + t);
            Copying.columns(columns, a, ai + t * aStride + i, aStride, some, packed, to);
            i += columns;
          }
        }
        boolean first = isStale && at == 0;
        groups(first, p - from, p - i, tokens, packed, panels, c, cAt + from * cStride, cStride);
      }
    }
  }

  /** The packed groups of columns, from {@code left} columns before the end to {@code stop}. */
  private static void groups(
      boolean isStale,
      int left,
      int stop,
      int tokens,
      float[] packed,
      Panels b,
      float[] c,
      int cAt,
      int cStride) {
    float[] data = b.data();
    float[] start = isStale ? b.zeros() : c;
    int startStride = isStale ? 0 : cStride;
    int q = b.n();
    for (int j = 0; j < q; ) {
      int width = Packing.panelWidth(q - j);
      int last = Packing.secondVector(q - j);
      int bAt = j * tokens;
      int ci = cAt + j;
      int si = isStale ? j : ci;
      int at = 0;
      for (int i = left; i > stop; ) {
        int columns = TileProduct.tileRows(i);
        if (width == L) {
          NarrowPackedTiles.run(
              columns, tokens, packed, at, data, bAt, start, si, startStride, c, ci, cStride);
        } else {
          TileProduct.tile(
              columns, tokens, packed, at, data, bAt, start, si, startStride, c, ci, cStride, last);
        }
        at += PITCH * (tokens + 1);
        ci += columns * cStride;
        si += columns * startStride;
        i -= columns;
      }
      j += width;
    }
  }

  /** With a B narrower than a vector: Cᵀ is summed in rows as long as those of A. */
  private static void narrow(
      int n,
      float[] a,
      int aAt,
      int aStride,
      int p,
      float[] b,
      int bAt,
      int bStride,
      int q,
      float[] c,
      int cAt,
      int cStride,
      Scratch scratch) {
    float[] turned = scratch.rows(p * q);
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < q; j++) {
        turned[j * p + i] = c[cAt + i * cStride + j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < q; j++) {
        VectorRows.axpy(b[bAt + i * bStride + j], a, aAt + i * aStride, turned, j * p, p);
      }
    }
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < q; j++) {
        c[cAt + i * cStride + j] = turned[j * p + i];
      }
    }
  }
}
