package dev.elman.kernels;

/**
 * Matrix products over packed panels, by the shape of what is asked.
 *
 * <p>B is packed once ({@link Packing}), so the innermost loops ({@link PackedTiles}) read it from
 * front to back whatever its shape.
 */
final class Product {

  private static final int L = VectorKernels.LANES;

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
      PlainProduct.run(m, a, aAt, aStride, b, s, sAt, sStride, c, cAt, cStride);
    } else if (m == 1) {
      RowProduct.run(a, aAt, b, s, sAt, c, cAt);
    } else {
      TileProduct.run(m, a, aAt, aStride, b, s, sAt, sStride, c, cAt, cStride);
    }
  }
}
