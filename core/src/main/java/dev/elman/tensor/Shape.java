package dev.elman.tensor;

import java.util.Arrays;

/** Checks of sizes, so that every message about a shape reads alike. */
public final class Shape {
  private Shape() {}

  /**
   * Requires a positive size.
   *
   * @return the size
   * @throws IllegalArgumentException naming the size and what came
   */
  public static int positive(String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          name + ": expected a whole number of at least 1, got " + size + ".");
    }
    return size;
  }

  /**
   * Requires that two shapes are equal.
   *
   * @param what the thing whose shape it is, such as {@code "LSTM input"}
   * @param cause the likely cause and its cure, one sentence
   */
  public static void require(String what, int[] expected, int[] got, String cause) {
    if (!Arrays.equals(expected, got)) {
      throw new IllegalArgumentException(
          what + ": expected " + text(expected) + ", got " + text(got) + ". " + cause);
    }
  }

  /** Requires {@code got} columns to be {@code expected}, for rows of any number. */
  public static void requireColumns(String what, int expected, int got, String cause) {
    if (expected != got) {
      throw new IllegalArgumentException(
          what + ": expected [N, " + expected + "], got [N, " + got + "]. " + cause);
    }
  }

  /** The number of elements of a shape, {@code 1} for an empty one. */
  public static int elements(int... shape) {
    long product = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("Shape " + text(shape) + " has a negative size.");
      }
      product *= size;
      if (product > Integer.MAX_VALUE - 16) {
        throw new IllegalArgumentException(
            "Shape "
                + text(shape)
                + " has more elements than a Java array can hold (2^31). Use a smaller layer.");
      }
    }
    return (int) product;
  }

  /** A shape as it stands in the docs, such as {@code [4, 3]}. */
  public static String text(int... shape) {
    return Arrays.toString(shape);
  }
}
