package dev.elman.tensor;

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

  /** Takes all rows out. */
  public void clear() {
    rows.clear();
    all = false;
  }

  /** Whether {@link #addAll} was called since {@link #clear}. */
  public boolean isAll() {
    return all;
  }

  /**
   * Walks along the numbers of these rows that lie from {@code from} to {@code to - 1} of a
   * row-major matrix, in ascending order.
   */
  public void each(int columns, int from, int to, Run run) {
    if (all) {
      run.on(from, to);
      return;
    }
    int row = rows.nextSetBit(from / columns);
    while (row >= 0 && row * columns < to) {
      int after = rows.nextClearBit(row);
      run.on(Math.max(from, row * columns), Math.min(to, after * columns));
      row = rows.nextSetBit(after);
    }
  }

  /** What is done with numbers that lie side by side. */
  @FunctionalInterface
  public interface Run {
    /** Those {@code from} to {@code to - 1}. */
    void on(int from, int to);
  }
}
