package dev.elman.kernels;

/**
 * The weight gradient {@code C += Aᵀ·B}, as products of packed blocks.
 *
 * <p>Tokens come in blocks of {@link #TOKENS}: their rows of B are packed into panels, their
 * columns of A turned into rows, {@link #ROWS} at a time, and {@link Product} does the rest.
 * Reading A as it lies would touch a new page at each step.
 */
final class TransposedProduct {

  private static final int TOKENS = 256;
  private static final int ROWS = 96;

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
    Panels panels = scratch.panels();
    float[] rows = scratch.rows(ROWS * TOKENS);
    for (int at = 0; at < n; at += TOKENS) {
      int tokens = Math.min(TOKENS, n - at);
      Packing.pack(b, bAt + at * bStride, bStride, tokens, q, panels);
      for (int i = 0; i < p; i += ROWS) {
        int m = Math.min(ROWS, p - i);
        int ci = cAt + i * cStride;
        Transposition.run(a, aAt + at * aStride + i, aStride, tokens, m, rows, tokens);
        Product.run(m, rows, 0, tokens, panels, c, ci, cStride, c, ci, cStride);
      }
    }
  }
}
