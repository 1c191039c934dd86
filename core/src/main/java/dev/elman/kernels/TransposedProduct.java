package dev.elman.kernels;

import java.util.Arrays;

/**
 * The weight gradient {@code C += Aᵀ·B}, token after token, as products of packed blocks.
 *
 * <p>Read as it lies, A would touch a new page at each step of the innermost loop. So tokens come
 * in blocks of {@link #TOKENS}: their rows of B are packed into panels, their columns of A four at
 * a time, {@link #COLUMNS} before the panels are gone through.
 */
final class TransposedProduct {

  private static final int L = VectorKernels.LANES;
  private static final int TOKENS = 256;
  private static final int COLUMNS = 96;

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
      Scratch scratch) {
    if (q < L) {
      narrow(n, a, aAt, aStride, p, b, bAt, bStride, q, c, cAt, cStride, scratch);
      return;
    }
    Panels panels = scratch.panels();
    float[] packed = scratch.rows(COLUMNS * TOKENS + L);
    for (int at = 0; at < n; at += TOKENS) {
      int tokens = Math.min(TOKENS, n - at);
      Packing.pack(b, bAt + at * bStride, bStride, tokens, q, panels);
      int ai = aAt + at * aStride;
      int fours = p / 4 * 4;
      for (int i = 0; i < fours; i += COLUMNS) {
        int columns = Math.min(COLUMNS, fours - i);
        for (int j = 0; j < columns; j += 4) {
          Copying.four(a, ai + i + j, aStride, tokens, packed, j * tokens);
        }
        block(columns, tokens, packed, panels, q, c, cAt + i * cStride, cStride);
      }
      if (fours < p) {
        int ci = cAt + fours * cStride;
        transpose(a, ai + fours, aStride, tokens, p - fours, packed);
        Product.run(p - fours, packed, 0, tokens, panels, c, ci, cStride, c, ci, cStride);
      }
    }
  }

  private static void block(
      int p, int tokens, float[] packed, Panels b, int q, float[] c, int cAt, int cStride) {
    float[] data = b.data();
    for (int j = 0; j < q; ) {
      int width = Packing.panelWidth(q - j);
      int last = Packing.secondVector(q - j);
      for (int i = 0; i < p; i += 4) {
        int ci = cAt + i * cStride + j;
        if (width == L) {
          ColumnTiles.narrow(tokens, packed, i * tokens, data, j * tokens, c, ci, cStride);
        } else {
          ColumnTiles.wide(tokens, packed, i * tokens, data, j * tokens, c, ci, cStride, last);
        }
      }
      j += width;
    }
  }

  private static void transpose(float[] x, int at, int stride, int m, int n, float[] y) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[j * m + i] = x[at + i * stride + j];
      }
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
    Arrays.fill(turned, 0, p * q, 0f);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < q; j++) {
        VectorRows.axpy(b[bAt + i * bStride + j], a, aAt + i * aStride, turned, j * p, p);
      }
    }
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < q; j++) {
        c[cAt + i * cStride + j] += turned[j * p + i];
      }
    }
  }
}
