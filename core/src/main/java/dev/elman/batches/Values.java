package dev.elman.batches;

import dev.elman.tensor.Shape;

/**
 * What sequences are made of, row by row: codes of symbols, or numbers; or such rows, and beside
 * each sequence another one. Buffers grow and stay.
 */
public sealed interface Values {
  /** How many rows are filled. */
  int rows();

  /** One code a row: a symbol among V, or a class. */
  final class Codes implements Values {
    private int[] codes = new int[0];
    private int rows;

    /** Codes given as an array. */
    public static Codes of(int... codes) {
      Codes values = new Codes();
      System.arraycopy(codes, 0, values.resize(codes.length), 0, codes.length);
      return values;
    }

    /** Makes room for that many rows and gives the array to fill. */
    public int[] resize(int newRows) {
      if (codes.length < newRows) {
        codes = new int[newRows];
      }
      rows = newRows;
      return codes;
    }

    @Override
    public int rows() {
      return rows;
    }

    /** The array, which may be longer than {@link #rows}. */
    public int[] array() {
      return codes;
    }
  }

  /** D numbers a row. */
  final class Numbers implements Values {
    private final int columns;
    private float[] numbers = new float[0];
    private int rows;

    /** Empty rows of D numbers. */
    public Numbers(int columns) {
      this.columns = Shape.positive("columns", columns);
    }

    /** Rows given as an array, row-major. */
    public static Numbers of(int columns, float... numbers) {
      Numbers values = new Numbers(columns);
      if (numbers.length % columns != 0) {
        throw new IllegalArgumentException(
            "Expected whole rows of " + columns + " numbers, got " + numbers.length + " numbers.");
      }
      System.arraycopy(numbers, 0, values.resize(numbers.length / columns), 0, numbers.length);
      return values;
    }

    /** Makes room for that many rows and gives the array to fill, row-major. */
    public float[] resize(int newRows) {
      if (numbers.length < newRows * columns) {
        numbers = new float[Shape.elements(newRows, columns)];
      }
      rows = newRows;
      return numbers;
    }

    @Override
    public int rows() {
      return rows;
    }

    public int columns() {
      return columns;
    }

    /** The array, row-major, which may be longer than the rows. */
    public float[] array() {
      return numbers;
    }
  }

  /**
   * Two sequences for each of B, which may differ in kind and length: rows of the batch's own
   * packing, and others in a packing of their own, as that is sorted by other lengths.
   *
   * @param own the rows that go with the batch's packing, such as the symbols before the targets
   * @param packing where the tokens of the other sequences stand
   * @param others their rows, such as the source of a translation
   * @param places {@code places.array()[b]}: which of the others goes with sequence b
   */
  record Pairs(Values own, Packing packing, Values others, Codes places) implements Values {
    /** Rows of the batch's own packing. */
    @Override
    public int rows() {
      return own.rows();
    }
  }
}
