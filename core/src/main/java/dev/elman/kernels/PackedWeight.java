package dev.elman.kernels;

import dev.elman.tensor.Weight;

/**
 * A weight {@code [n, k]} in the panels that products need, packed again only after it changed.
 *
 * <p>Shared by all threads; weights do not change while products run.
 */
public final class PackedWeight {
  private final Weight weight;
  private final Packed straight = new Packed();
  private final Packed transposed = new Packed();

  public PackedWeight(Weight weight) {
    this.weight = weight;
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
  public Panels transposed(Kernels kernels) {
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
