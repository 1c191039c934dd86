package dev.elman.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows of a matrix, walked along as runs of numbers. */
class RowSetTest {
  private static final int COLUMNS = 3;

  @Test
  void runsAreTheRowsWithinLimits() {
    RowSet rows = new RowSet();
    assertThat(runs(rows, 0, 30)).isEmpty();
    rows.add(new int[] {7, 2, 3, 2, 9}, 4); // the last is none of them
    assertThat(runs(rows, 0, 30)).isEqualTo("6-12 21-24 ");
    assertThat(runs(rows, 7, 22)).isEqualTo("7-12 21-22 ");
    assertThat(runs(rows, 12, 21)).isEmpty();
    RowSet others = new RowSet();
    others.add(new int[] {4}, 1);
    rows.add(others);
    assertThat(runs(rows, 11, 30)).isEqualTo("11-15 21-24 ");
    others.addAll();
    rows.add(others);
    assertThat(runs(rows, 4, 17)).isEqualTo("4-17 ");
    rows.clear();
    assertThat(runs(rows, 0, 30)).isEmpty();
  }

  @Test
  void onlyTheirNumbersBecomeZero() {
    RowSet rows = new RowSet();
    rows.add(new int[] {1}, 1);
    float[] matrix = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    rows.zero(matrix, COLUMNS, 4, 9);
    assertThat(matrix).containsExactly(1, 2, 3, 4, 0, 0, 7, 8, 9);
    rows.addAll();
    rows.zero(matrix, COLUMNS, 1, 9);
    assertThat(matrix).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static String runs(RowSet rows, int from, int to) {
    StringBuilder runs = new StringBuilder();
    int at = rows.next(COLUMNS, from, to);
    while (at < to) {
      int end = rows.end(COLUMNS, at, to);
      runs.append(at).append('-').append(end).append(' ');
      at = rows.next(COLUMNS, end, to);
    }
    return runs.toString();
  }
}
