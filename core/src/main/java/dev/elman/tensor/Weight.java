package dev.elman.tensor;

import java.util.function.Consumer;

/**
 * A named array of numbers that training changes: row-major, of one or two dimensions.
 *
 * <p>Readers share {@link #values()} and must not write to it; whoever writes does so through
 * {@link #update}, so that copies in other layouts know that they are out of date.
 */
public final class Weight {
  private final String name;
  private final int[] shape;
  private final float[] values;
  private volatile long version; // written by one thread, read by many

  /**
   * Makes a weight of zeros.
   *
   * @param name the name it has in files, such as {@code rnn.weight_ih_l0}
   * @param shape one or two positive sizes
   */
  public Weight(String name, int... shape) {
    if (shape.length < 1 || shape.length > 2) {
      throw new IllegalArgumentException(
          name + ": expected one or two dimensions, got " + Shape.text(shape) + ".");
    }
    for (int size : shape) {
      Shape.positive(name + " size", size);
    }
    this.name = name;
    this.shape = shape.clone();
    this.values = new float[Shape.elements(shape)];
  }

  public String name() {
    return name;
  }

  public int[] shape() {
    return shape.clone();
  }

  /** Rows of the matrix; {@code 1} for a bias. */
  public int rows() {
    return shape.length == 1 ? 1 : shape[0];
  }

  /** Columns of the matrix; the length of a bias. */
  public int columns() {
    return shape[shape.length - 1];
  }

  public int size() {
    return values.length;
  }

  /** The numbers themselves, row-major; to be read only. */
  public float[] values() {
    return values;
  }

  /** Counts the calls of {@link #update}. */
  public long version() {
    return version;
  }

  /** Lets {@code change} write to the numbers, then counts a new version. Not for two threads. */
  public void update(Consumer<float[]> change) {
    change.accept(values);
    version = version + 1;
  }

  /**
   * Copies numbers in.
   *
   * @throws IllegalArgumentException when their count is not this weight's
   */
  public void set(float[] numbers) {
    if (numbers.length != values.length) {
      throw new IllegalArgumentException(
          name
              + ": expected "
              + values.length
              + " numbers for shape "
              + Shape.text(shape)
              + ", got "
              + numbers.length
              + ". Were they saved by a model of other sizes?");
    }
    update(v -> System.arraycopy(numbers, 0, v, 0, v.length));
  }

  @Override
  public String toString() {
    return name + " " + Shape.text(shape);
  }
}
