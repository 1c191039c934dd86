package dev.elman.bench;

import java.util.List;
import java.util.Locale;

/** Numbers in results. */
final class Figures {
  private Figures() {}

  /** The middle one, or the mean of the two in the middle; 0 of none. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? 0 : (sorted[n / 2] + sorted[(n - 1) / 2]) / 2;
  }

  /** With three digits after the point. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
