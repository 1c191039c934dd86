package dev.elman.tensor;

import java.util.function.Consumer;

/**
 * A named array of numbers that training changes: row-major, of one or two dimensions.
 *
 * <p>Readers share {@link #values()} and must not write to it; whoever writes does so through
 * {@link #update}, so that copies in other layouts know that they are out of date.
 *
 * <p>A weight that was rounded ({@link #set(Int8Rows)}) is for use only: its numbers stay as they
 * are, so that they and the codes that products read never differ.
 */
public final class Weight {
  private final String name;
  private final int[] shape;
  private final float[] values;
  private final boolean trained;
  private volatile long version; // written by one thread, read by many
  private volatile Int8Rows int8; // null until rounded

  /**
   * Makes a weight of zeros.
   *
   * @param name the name it has in files, such as {@code rnn.weight_ih_l0}
   * @param shape one or two positive sizes
   */
  public Weight(String name, int... shape) {
    this(true, name, shape);
  }

  private Weight(boolean trained, String name, int... shape) {
    if (shape.length < 1 || shape.length > 2) {
      throw new IllegalArgumentException(
          name + ": expected one or two dimensions, got " + Shape.text(shape) + ".");
    }
    for (int size : shape) {
      Shape.positive(name + " size", size);
    }
    this.trained = trained;
    this.name = name;
    this.shape = shape.clone();
    this.values = new float[Shape.elements(shape)];
  }

  /** A weight that is saved with the others, but that training leaves as it is. */
  public static Weight fixed(String name, int... shape) {
    return new Weight(false, name, shape);
  }

  /** Whether training changes the numbers. */
  public boolean isTrained() {
    return trained;
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

  /** Counts the calls of {@link #update} and of {@link Weights#update}. */
  public long version() {
    return version;
  }

  /** The codes that the numbers were rounded to, or null where they are exact. */
  public Int8Rows int8() {
    return int8;
  }

  /**
   * Lets {@code change} write to the numbers, then counts a new version. Not for two threads.
   *
   * @throws IllegalStateException when the numbers were rounded to int8
   */
  public void update(Consumer<float[]> change) {
    requireExact();
    change.accept(values);
    changed();
  }

  void changed() {
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

  /**
   * Takes rounded numbers, for good.
   *
   * @throws IllegalArgumentException when this is no matrix of their size
   * @throws IllegalStateException when the numbers were rounded before
   */
  public void set(Int8Rows rounded) {
    if (shape.length != 2 || rounded.rows() != rows() || rounded.columns() != columns()) {
      throw new IllegalArgumentException(
          this + ": expected a matrix of that shape, got int8 " + rounded + ".");
    }
    set(rounded.values());
    int8 = rounded;
  }

  /**
   * Requires that training may change the numbers.
   *
   * @throws IllegalStateException when they were rounded to int8
   */
  public void requireExact() {
    if (int8 != null) {
      throw new IllegalStateException(
          "Expected weights to train as 32-bit floats, found "
              + this
              + " as int8.\nLikely cause: the model was quantized; steps of a training are smaller"
              + " than what int8 rounds away.\nCure: train the model that it was converted from,"
              + " then convert that again.");
    }
  }

  @Override
  public String toString() {
    return name + " " + Shape.text(shape);
  }
}
