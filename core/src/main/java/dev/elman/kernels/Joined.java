package dev.elman.kernels;

/** Rows of two matrices copied beside each other, for those that need them in one. */
final class Joined {

  private static final ThreadLocal<Scratch> ROWS = ThreadLocal.withInitial(Scratch::new);

  private Joined() {}

  /** {@code [m, aColumns + moreColumns]}, until this thread's next call. */
  static float[] rows(
      int m, float[] a, int aAt, int aColumns, float[] more, int moreAt, int moreColumns) {
    int columns = aColumns + moreColumns;
    float[] rows = ROWS.get().rows(m * columns);
    for (int i = 0; i < m; i++) {
      System.arraycopy(a, aAt + i * aColumns, rows, i * columns, aColumns);
      System.arraycopy(more, moreAt + i * moreColumns, rows, i * columns + aColumns, moreColumns);
    }
    return rows;
  }
}
