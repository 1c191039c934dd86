package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;

/**
 * The transpose {@code [k, n]} of an int8 weight, packed for products ({@link Int8Product}): as
 * bytes for one row or two, as floats once more are asked for.
 *
 * <p>Products take each code 2^24 times too large, which costs no bits and saves a vector kernel
 * one instruction of three for each of them; the scales make up for it.
 */
final class Int8Panels {
  private static final float UP = 0x1p24f;
  private static final float DOWN = 0x1p-24f;

  private final Int8Rows weight;
  private final Kernels kernels;
  private final byte[] bytes;
  private final float[] scales;
  private Panels floats;

  Int8Panels(Int8Rows weight, Kernels kernels) {
    this.weight = weight;
    this.kernels = kernels;
    bytes = kernels.packInt8(weight);
    scales = weight.scales().clone();
    for (int i = 0; i < scales.length; i++) {
      scales[i] *= DOWN;
    }
  }

  boolean areOf(Int8Rows other, Kernels by) {
    return weight == other && kernels == by;
  }

  int k() {
    return weight.columns();
  }

  int n() {
    return weight.rows();
  }

  /** What {@link Kernels#int8Row} reads. */
  byte[] bytes() {
    return bytes;
  }

  /** The scale of each column, for codes that are 2^24 times too large. */
  float[] scales() {
    return scales;
  }

  /** The codes, 2^24 times too large. */
  synchronized Panels floats() {
    if (floats == null) {
      byte[] codes = weight.codes();
      float[] large = new float[codes.length];
      for (int i = 0; i < large.length; i++) {
        large[i] = UP * codes[i];
      }
      floats = new Panels();
      kernels.packTransposed(large, 0, k(), n(), k(), floats);
    }
    return floats;
  }
}
