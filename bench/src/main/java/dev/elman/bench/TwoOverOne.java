package dev.elman.bench;

import static dev.elman.bench.Figures.median;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** A table of how much faster Elman is on two threads than on one, where both were measured. */
final class TwoOverOne {
  private static final String HEADING =
      """

      ## Two threads over one

      Elman's speed on two threads to that on one.

      | | cell | T | B | D | H | layers | directions | lengths | two over one |
      """;

  private TwoOverOne() {}

  static void print(Comparison measured, PrintStream out) {
    List<Comparison.Key> both =
        measured.keys().stream()
            .filter(key -> key.threads() == 2 && measured.get(onOne(key)) != null)
            .toList();
    if (both.isEmpty()) {
      return;
    }
    out.print(HEADING + Pages.rule(10) + "\n");
    for (Comparison.Key key : both) {
      String cells = key.shape().replace(",", " | ");
      double ratio = speed(measured, key) / speed(measured, onOne(key));
      out.print(String.format(Locale.ROOT, "| %s | %s | %.2f |%n", key.mode(), cells, ratio));
    }
  }

  private static Comparison.Key onOne(Comparison.Key key) {
    return new Comparison.Key(1, key.mode(), key.shape());
  }

  private static double speed(Comparison measured, Comparison.Key key) {
    return median(measured.get(key).speeds().get("elman"));
  }
}
