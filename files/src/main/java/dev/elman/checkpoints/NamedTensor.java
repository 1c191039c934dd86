package dev.elman.checkpoints;

import java.util.Arrays;

/**
 * An array of floats with a name and a shape, row-major, as it stands in a file.
 *
 * @param name such as {@code rnn.weight_ih_l0}: no control characters, nothing that could be taken
 *     for a path out of a folder
 * @param dtype how it stands in the file when written: F32, or I8 for whole numbers from -128 to
 *     127
 * @param shape at most 8 sizes of at least 0; none for a single number
 * @param values as many as the product of the sizes; not copied, so not to be written to
 */
public record NamedTensor(String name, Dtype dtype, int[] shape, float[] values) {

  static final int MOST_DIMENSIONS = 8;

  public NamedTensor {
    shape = shape.clone();
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "Tensor name: expected letters, digits, dots or inner slashes, got '" + name + "'.");
    }
    long size = 1;
    for (int length : shape) {
      size *= Math.max(length, -1);
      if (length < 0 || size > Integer.MAX_VALUE || shape.length > MOST_DIMENSIONS) {
        throw new IllegalArgumentException(
            name
                + ": expected at most "
                + MOST_DIMENSIONS
                + " sizes of at least 0 and fewer than 2^31 values, got "
                + Arrays.toString(shape)
                + ".");
      }
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          name
              + ": expected "
              + size
              + " values for the shape "
              + Arrays.toString(shape)
              + ", got "
              + values.length
              + ".");
    }
    if (dtype != Dtype.F32 && !(dtype == Dtype.I8 && areBytes(values))) {
      throw new IllegalArgumentException(
          name
              + ": expected F32, or whole numbers from -128 to 127 as I8, got others, "
              + dtype
              + ".");
    }
  }

  /** A tensor of 32-bit floats. */
  public NamedTensor(String name, int[] shape, float[] values) {
    this(name, Dtype.F32, shape, values);
  }

  private static boolean areBytes(float[] values) {
    for (float value : values) {
      if (value != (byte) value) {
        return false;
      }
    }
    return true;
  }

  /** Whether a name is harmless: it cannot leave a folder, and cannot garble a terminal. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= 1024
        && !name.equals("__metadata__")
        && !name.startsWith("/")
        && name.indexOf('\\') < 0
        && !Arrays.asList(name.split("/", -1)).contains("..")
        && name.chars().noneMatch(Character::isISOControl);
  }
}
