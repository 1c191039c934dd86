package dev.elman.cli;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where rows stand on the axis of a chart: at their numbers, or at equal distances with their dates
 * below them.
 *
 * @param labels of all rows, dates or numbers
 */
record RowAxis(List<String> labels) {
  /** No label: XChart fails on the empty string. */
  static final String BLANK = " ";

  /** Whether the labels are dates; otherwise they are numbers. */
  boolean dated() {
    return labels.get(0).indexOf('-', 1) > 0;
  }

  String name() {
    return dated() ? "date" : "row";
  }

  /** What rows {@code from} to {@code to - 1} are called together. */
  String span(int from, int to) {
    String first = labels.get(from);
    String last = labels.get(to - 1);
    String one = dated() ? "" : "row ";
    String several = dated() ? "" : "rows ";
    return to - from == 1 ? one + first : several + first + " to " + last;
  }

  /** Places of rows {@code from} to {@code to - 1}. */
  double[] xs(int from, int to) {
    int first = dated() ? 0 : Integer.parseInt(labels.get(0));
    return IntStream.range(from, to).mapToDouble(row -> first + row).toArray();
  }

  /** What stands below a place; blank between rows. */
  String label(double x) {
    int place = (int) Math.round(x);
    if (Math.abs(x - place) > 1e-6) {
      return BLANK;
    }
    if (!dated()) {
      return Integer.toString(place);
    }
    return place >= 0 && place < labels.size() ? labels.get(place) : BLANK;
  }
}
