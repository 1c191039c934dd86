package dev.elman.tensor;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Some rows of a matrix, or all: those of an embedding's gradient that a batch has added to, so
 * that the others need not be looked at.
 */
public final class RowSet {
  private final BitSet rows = new BitSet(0); // unused where all are in
  private boolean all;

  /** Puts the first {@code count} of some rows in. */
  public void add(int[] some, int count) {
    for (int i = 0; i < count && !all; i++) {
      rows.set(some[i]);
    }
  }

  /** Puts all rows in. */
  public void addAll() {
    all = true;
  }

  /** Puts the rows of another in. */
  public void add(RowSet other) {
    all |= other.all;
    if (!all) {
      rows.or(other.rows);
    }
  }

  /** Whether all rows are in, whatever they are. */
  public boolean isAll() {
    return all;
  }

  /** Takes all rows out. */
  public void clear() {
    rows.clear();
    all = false;
  }

  /**
   * The first number from {@code at} on, of a row-major matrix, that is in one of these rows;
   * {@code to} where that comes first.
   */
  public int next(int columns, int at, int to) {
    if (all) {
      return at;
    }
    int row = rows.nextSetBit(at / columns);
    return row < 0 ? to : Math.min(to, Math.max(at, row * columns));
  }

  /** The first number from {@code at} on that is in none of them, likewise. */
  public int end(int columns, int at, int to) {
    return all ? to : Math.min(to, rows.nextClearBit(at / columns) * columns);
  }

  /** Makes those numbers from {@code from} to {@code to - 1} zero that are in these rows. */
  public void zero(float[] matrix, int columns, int from, int to) {
    int at = next(columns, from, to);
    while (at < to) {
      int end = end(columns, at, to);
      Arrays.fill(matrix, at, end, 0);
      at = next(columns, end, to);
    }
  }
}
