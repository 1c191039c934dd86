package dev.elman.bench;

import static dev.elman.bench.Figures.median;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A page of how alike fresh processes of Elman's are, as {@link Compare} measured them. */
final class ProcessesPage {
  private static final String INTRODUCTION =
      """
      # Fresh processes

      Written by `%s`:
      %s; %s.

      Each round is a fresh process of Elman, which works in turn with a process that lasts through all
      rounds, on the same cores, for a fraction of a second each, on one row after the other, warmed up
      until the JIT rests; rounds: %d. A speed is that of a process's fastest turn, in GFLOP/s, operations
      counted as in `elman bench`. To the lasting: the fresh process's speed to that of the lasting one,
      which others who use the machine slow as much. In turn: the same in a turn, the median over the
      turns. The worst is the slowest process, and below how far it is below the median: of bare speeds
      that tells what a JVM's luck and others can cost, of those to the lasting what a JVM's luck can.
      Each process: %s.
      """;

  private static final String COLUMNS =
      "| cell | T | B | D | H | layers | directions | lengths | median | worst | below |"
          + " to the lasting | worst | below | in turn | worst | below |";

  private final Comparison measured;
  private final PrintStream out;

  ProcessesPage(Path file, PrintStream out) throws IOException {
    this.measured = Comparison.read(file);
    this.out = out;
  }

  void print() {
    print(
        INTRODUCTION,
        measured.command(),
        measured.machine(),
        String.join(", ", measured.engines()),
        measured.rounds(),
        measured.file());
    for (String part : measured.parts()) {
      print("%n## %s%n%n%s%n%s%n", part, COLUMNS, Pages.rule(17));
      for (Comparison.Key key : measured.of(part)) {
        Comparison.Measured one = measured.get(key);
        print("| %s |", key.shape().replace(",", " | "));
        spread(one.speeds().get("elman"), " %.1f | %.1f |", 1);
        spread(one.ratiosToReference(), " %.0f %% | %.0f %% |", 100);
        spread(one.shares(), " %.0f %% | %.0f %% |", 100);
        print("%n");
      }
    }
    TwoOverOne.print(measured, out);
  }

  private void spread(List<Double> values, String format, double unit) {
    if (values.isEmpty()) {
      print(" - | - | - |");
      return;
    }
    double middle = median(values);
    double worst = Collections.min(values);
    print(format, unit * middle, unit * worst);
    print(" %.0f %% |", 100 * (1 - worst / middle));
  }

  private void print(String format, Object... values) {
    out.print(String.format(Locale.ROOT, format, values));
  }
}
