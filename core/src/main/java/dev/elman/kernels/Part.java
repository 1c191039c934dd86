package dev.elman.kernels;

/**
 * One thread's share of an operation that several threads work on together: of rows, of columns, or
 * of whatever else can be counted.
 *
 * @param index from 0 to count - 1
 * @param count how many shares there are
 */
public record Part(int index, int count) {
  /** All of it. */
  public static final Part WHOLE = new Part(0, 1);

  /** Columns come in groups of as many, so that no vector is cut at any width. */
  private static final int COLUMNS = 32;

  /** The first of {@code size} rows in this share. */
  public int from(int size) {
    return (int) ((long) size * index / count);
  }

  /** The row after the last of {@code size} rows in this share. */
  public int to(int size) {
    return (int) ((long) size * (index + 1) / count);
  }

  /** The first of {@code size} columns in this share. */
  int firstColumn(int size) {
    return from(size / COLUMNS) * COLUMNS;
  }

  /** How many of {@code size} columns are in this share. */
  int columns(int size) {
    int end = index == count - 1 ? size : to(size / COLUMNS) * COLUMNS;
    return end - firstColumn(size);
  }
}
