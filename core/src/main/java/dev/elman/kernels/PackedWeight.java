package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;
import dev.elman.tensor.Weight;

/**
 * A weight {@code [n, k]} in the panels that products need, packed again only after it changed; one
 * that was rounded to int8 as codes.
 *
 * <p>Shared by all threads; weights do not change while products run.
 */
public final class PackedWeight {
  private final Weight weight;
  private final Packed straight = new Packed();
  private final Packed transposed = new Packed();
  private Int8Panels int8;

  public PackedWeight(Weight weight) {
    this.weight = weight;
  }

  /** {@code C += X·Wᵀ}, X {@code [m, k]}, C {@code [m, n]}. */
  public void addProduct(
      Kernels kernels, int m, float[] x, int xAt, int xStride, float[] c, int cAt, int cStride) {
    if (weight.int8() == null) {
      kernels.addProduct(m, x, xAt, xStride, transposed(kernels), c, cAt, cStride);
    } else {
      Int8Product.run(kernels, m, x, xAt, xStride, int8(kernels), c, cAt, cStride, c, cAt, cStride);
    }
  }

  /** {@code C = X·Wᵀ + row}, X {@code [m, k]}, the row {@code [n]}, C {@code [m, n]}. */
  public void productPlusRow(
      Kernels kernels,
      int m,
      float[] x,
      int xAt,
      int xStride,
      float[] row,
      float[] c,
      int cAt,
      int cStride) {
    if (weight.int8() == null) {
      kernels.productPlusRow(m, x, xAt, xStride, transposed(kernels), row, 0, c, cAt, cStride);
    } else {
      Int8Product.run(kernels, m, x, xAt, xStride, int8(kernels), row, 0, 0, c, cAt, cStride);
    }
  }

  /** Panels of W {@code [n, k]}, for {@code dy·W}. */
  public Panels straight(Kernels kernels) {
    synchronized (straight) {
      if (straight.isOld(kernels, weight)) {
        kernels.pack(
            weight.values(), 0, weight.columns(), weight.rows(), weight.columns(), straight.panels);
      }
      return straight.panels;
    }
  }

  /** Panels of Wᵀ {@code [k, n]}, for {@code x·Wᵀ}. */
  private Panels transposed(Kernels kernels) {
    synchronized (transposed) {
      if (transposed.isOld(kernels, weight)) {
        kernels.packTransposed(
            weight.values(),
            0,
            weight.columns(),
            weight.rows(),
            weight.columns(),
            transposed.panels);
      }
      return transposed.panels;
    }
  }

  private synchronized Int8Panels int8(Kernels kernels) {
    Int8Rows codes = weight.int8();
    if (int8 == null || !int8.areOf(codes, kernels)) {
      int8 = new Int8Panels(codes, kernels);
    }
    return int8;
  }

  private static final class Packed {
    final Panels panels = new Panels();
    private Kernels by;
    private long version = -1;

    boolean isOld(Kernels kernels, Weight weight) {
      boolean old = by != kernels || version != weight.version();
      by = kernels;
      version = weight.version();
      return old;
    }
  }
}
