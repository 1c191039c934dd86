package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;
import dev.elman.tensor.Weight;
import java.util.Arrays;

/**
 * A weight {@code [n, k]} in the panels that products need, packed again only after it changed; one
 * that was rounded to int8 as codes.
 *
 * <p>Where several threads work on one product, each has a share of its columns, and packs what it
 * reads. Shared by all threads; weights do not change while products run.
 */
public final class PackedWeight {
  private final Weight weight;
  private final Weight beside; // or null
  private final PackedWeight both; // or null: what this is packed with
  private final Packed straight = new Packed();
  private final Packed transposed = new Packed();
  private Packed[] straightParts = {};
  private Packed[] transposedParts = {};
  private Int8Panels int8;

  public PackedWeight(Weight weight) {
    this(weight, null, null);
  }

  /**
   * Two weights {@code [n, k]} and {@code [n, more]} side by side: for {@link
   * #joinedProductPlusRow}, and read apart by {@link #first} and {@link #second}.
   */
  public PackedWeight(Weight weight, Weight beside) {
    this(weight, beside, null);
  }

  private PackedWeight(Weight weight, Weight beside, PackedWeight both) {
    this.weight = weight;
    this.beside = beside;
    this.both = both;
  }

  /** The first of two weights, which reads its rows of what both are packed into. */
  public PackedWeight first() {
    return new PackedWeight(weight, null, this);
  }

  /** The second one. */
  public PackedWeight second() {
    return new PackedWeight(beside, null, this);
  }

  /** {@code C += X·Wᵀ}, X {@code [m, k]}, C {@code [m, n]}; of C the columns of a part. */
  public void addProduct(
      Kernels kernels,
      Part part,
      int m,
      float[] x,
      int xAt,
      int xStride,
      float[] c,
      int cAt,
      int cStride) {
    if (weight.int8() == null) {
      int at = cAt + part.firstColumn(weight.rows());
      kernels.addProduct(m, x, xAt, xStride, transposed(kernels, part), c, at, cStride);
    } else if (part.index() == 0) {
      Int8Product.run(kernels, m, x, xAt, xStride, int8(kernels), c, cAt, cStride, c, cAt, cStride);
    }
  }

  /**
   * {@code C = X·Wᵀ + row}, X {@code [m, k]}, the row {@code [n]}, C {@code [m, n]}; of C the
   * columns of a part.
   */
  public void productPlusRow(
      Kernels kernels,
      Part part,
      int m,
      float[] x,
      int xAt,
      int xStride,
      float[] row,
      float[] c,
      int cAt,
      int cStride) {
    if (weight.int8() == null) {
      int from = part.firstColumn(weight.rows());
      Panels panels = transposed(kernels, part);
      kernels.productPlusRow(m, x, xAt, xStride, panels, row, from, c, cAt + from, cStride);
    } else if (part.index() == 0) {
      Int8Product.run(kernels, m, x, xAt, xStride, int8(kernels), row, 0, 0, c, cAt, cStride);
    }
  }

  /**
   * {@code C = [X | H]·Wᵀ + row} with two weights side by side, X {@code [m, k]}, H {@code [m,
   * more]}, both without gaps; of C the columns of a part.
   */
  public void joinedProductPlusRow(
      Kernels kernels,
      Part part,
      int m,
      float[] x,
      int xAt,
      float[] h,
      int hAt,
      float[] row,
      float[] c,
      int cAt,
      int cStride) {
    int from = part.firstColumn(weight.rows());
    int k = weight.columns();
    int more = beside.columns();
    Panels panels = transposed(kernels, part);
    kernels.joinedProductPlusRow(
        m, x, xAt, k, h, hAt, more, panels, row, from, c, cAt + from, cStride);
  }

  /** {@code C += dy·W}, dy {@code [m, n]}, C {@code [m, k]}; of C the columns of a part. */
  public void addStraightProduct(
      Kernels kernels,
      Part part,
      int m,
      float[] dy,
      int at,
      int stride,
      float[] c,
      int cAt,
      int cStride) {
    int from = part.firstColumn(weight.columns());
    kernels.addProduct(m, dy, at, stride, straight(kernels, part), c, cAt + from, cStride);
  }

  /** Columns of W {@code [n, k]}. */
  private Panels straight(Kernels kernels, Part part) {
    int k = weight.columns();
    Packed packed = part.count() == 1 ? straight : straightPart(part);
    synchronized (packed) {
      if (packed.isOld(kernels, weight, null)) {
        int from = part.firstColumn(k);
        kernels.pack(weight.values(), from, k, weight.rows(), part.columns(k), packed.panels);
      }
      return packed.panels;
    }
  }

  /** Columns of Wᵀ {@code [k, n]}. */
  private Panels transposed(Kernels kernels, Part part) {
    if (both == null) {
      return packed(kernels, part).panels;
    }
    Packed packed = both.packed(kernels, part);
    return weight == both.weight ? packed.first : packed.second;
  }

  private Packed packed(Kernels kernels, Part part) {
    int k = weight.columns();
    Packed packed = part.count() == 1 ? transposed : transposedPart(part);
    synchronized (packed) {
      if (packed.isOld(kernels, weight, beside)) {
        int all = beside == null ? k : k + beside.columns();
        packTransposed(kernels, part, weight, packed.panels, 0, all);
        if (beside != null) {
          packTransposed(kernels, part, beside, packed.panels, k, all);
          packed.first = packed.panels.rows(0, k);
          packed.second = packed.panels.rows(k, all - k);
        }
      }
      return packed;
    }
  }

  private static void packTransposed(
      Kernels kernels, Part part, Weight weight, Panels into, int first, int all) {
    int k = weight.columns();
    int n = weight.rows();
    int at = part.firstColumn(n) * k;
    kernels.packTransposed(weight.values(), at, k, part.columns(n), k, into, first, all);
  }

  private synchronized Packed straightPart(Part part) {
    if (straightParts.length != part.count()) {
      straightParts = Packed.parts(part.count());
    }
    return straightParts[part.index()];
  }

  private synchronized Packed transposedPart(Part part) {
    if (transposedParts.length != part.count()) {
      transposedParts = Packed.parts(part.count());
    }
    return transposedParts[part.index()];
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
    Panels first; // rows of two weights
    Panels second;
    private Kernels by;
    private long version = -1;

    static Packed[] parts(int count) {
      Packed[] parts = new Packed[count];
      Arrays.setAll(parts, i -> new Packed());
      return parts;
    }

    boolean isOld(Kernels kernels, Weight weight, Weight beside) {
      long now = weight.version() + (beside == null ? 0 : beside.version()); // both only grow
      boolean old = by != kernels || version != now;
      by = kernels;
      version = now;
      return old;
    }
  }
}
