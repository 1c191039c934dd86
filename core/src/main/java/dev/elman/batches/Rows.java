package dev.elman.batches;

import java.util.List;

/** Rows of codes or of numbers, without asking which kind it is. */
final class Rows {
  private Rows() {}

  /** Values of the same kind and width, without rows. */
  static Values blank(Values like) {
    return like instanceof Values.Numbers numbers
        ? new Values.Numbers(numbers.columns())
        : new Values.Codes();
  }

  static void resize(Values values, int rows) {
    if (values instanceof Values.Numbers numbers) {
      numbers.resize(rows);
    } else if (values instanceof Values.Codes codes) {
      codes.resize(rows);
    }
  }

  /** Copies one row between values of the same kind and width. */
  static void copy(Values from, int row, Values to, int toRow) {
    if (from instanceof Values.Numbers numbers) {
      int d = numbers.columns();
      System.arraycopy(numbers.array(), row * d, ((Values.Numbers) to).array(), toRow * d, d);
    } else if (from instanceof Values.Codes codes) {
      ((Values.Codes) to).array()[toRow] = codes.array()[row];
    }
  }

  /**
   * Requires sequences that can stand in one batch.
   *
   * @throws IllegalArgumentException when there is none, one is empty, or they differ in kind
   */
  static void require(String what, List<Values> sequences) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException(
          what + ": expected at least one, got none. Is this part of the data empty?");
    }
    String expected = kind(sequences.get(0));
    for (int s = 0; s < sequences.size(); s++) {
      if (sequences.get(s).rows() < 1) {
        throw new IllegalArgumentException(
            what
                + ": expected at least one step in each, got none in number "
                + s
                + ". Leave empty sequences out.");
      }
      if (!kind(sequences.get(s)).equals(expected)) {
        throw new IllegalArgumentException(
            what
                + ": expected "
                + expected
                + " as in number 0, got "
                + kind(sequences.get(s))
                + " in number "
                + s
                + ".");
      }
    }
  }

  private static String kind(Values values) {
    return values instanceof Values.Numbers numbers ? numbers.columns() + " columns" : "codes";
  }
}
