package dev.elman.bench;

import static dev.elman.bench.Figures.median;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Prints a page of what {@link Compare} or {@link Memory} measured.
 *
 * <pre>{@code
 * java -cp cli/target/elman.jar dev.elman.bench.Pages KIND RESULTS.csv > PAGE.md
 *   benchmarks  every shape: the engines' speeds, and how Elman's compares
 *   shapes      many shapes: how the ratios are spread, and where they are lowest
 *   training    whole models: the engines' tokens a second, and how Elman's compare
 *   memory      the engines' peak memory, and how Elman's compares
 *   processes   how alike fresh processes of Elman's are
 * }</pre>
 */
public final class Pages {
  private static final double LOW = 0.95;
  private static final int WORST = 10;
  private static final String COLUMNS = "| cell | T | B | %s | H | layers | directions | lengths |";

  private static final String INTRODUCTION =
      """
      # %s

      Written by `%s`:
      %s; %s.

      The engines run beside each other and work in turn, for a fraction of a second each, on the same
      cores, as many as they have threads; rounds, each in fresh processes: %d. Speeds are %s of an engine's fastest turn, the median over the rounds;
      %s. A ratio is Elman's speed to the fastest other's: above 1
      Elman is faster. Others may use the same machine: the fastest turn tells what it can do, and is what
      each engine has at least once. Unequal lengths are spread from T to 1. Each process: %s.
      """;

  private static final String LAYERS = "operations are counted as in `elman bench`";

  private static final String COMPARED =
      """
      The worst is the lowest ratio of a round. In turn: the ratio in a turn, the median over the turns and
      then over the rounds, which is what a machine is like that others use, too. Of sgemm: Elman's speed to
      that of a product of two matrices of 1024 rows by PyTorch, the practical limit of the machine.
      Milliseconds: one run of Elman's.
      """;

  private static final String WHOLE =
      """
      a step is one batch, as `elman train` and a plain loop in PyTorch do it: embedding (as wide as what
      the recurrent layers give), recurrent layers, dense layer, cross-entropy, the way back, clipping to
      norm 1, Adam with a rate of 0.003. Language models carry their state from batch to batch; classifiers
      read both ways and have two labels. Symbols are drawn with the frequencies of words in a text\
      """;

  private static final String SPREAD =
      """
      Worst and best are the lowest and the highest ratio of a round. In turn: the ratio in a turn, the
      median over the turns and then over the rounds. Milliseconds: one step of Elman's.
      """;

  private final Comparison measured;
  private final PrintStream out;

  private Pages(Path file, PrintStream out) throws IOException {
    this.measured = Comparison.read(file);
    this.out = out;
  }

  /** Prints a page. */
  public static void main(String[] args) throws IOException {
    print(args[0], Path.of(args[1]), System.out);
  }

  /** Prints a page of that kind. */
  static void print(String kind, Path file, PrintStream out) throws IOException {
    switch (kind) {
      case "benchmarks" -> new Pages(file, out).benchmarks();
      case "shapes" -> new Pages(file, out).shapes();
      case "training" -> new Pages(file, out).training();
      case "memory" -> new MemoryPage(file, out).print();
      case "processes" -> new ProcessesPage(file, out).print();
      default ->
          throw new IllegalArgumentException(
              "Expected benchmarks, shapes, training, memory or processes, found '" + kind + "'.");
    }
  }

  private void benchmarks() {
    introduction("Benchmarks", "GFLOP/s", LAYERS);
    print("%n%s", COMPARED);
    for (String part : measured.parts()) {
      List<String> shown = heading(part, part, "D");
      print(" ratio | worst | in turn | of sgemm | ms |%n%s%n", rule(8 + shown.size() + 5));
      for (Comparison.Key key : measured.of(part)) {
        Comparison.Measured one = measured.get(key);
        speeds(key, shown, "%.1f");
        print(" %.2f | %.2f |", one.ratio(), Collections.min(one.ratios()));
        print(" %.2f | %.0f %% |", median(one.turns()), 100 * one.share());
        print(Double.isNaN(one.milliseconds()) ? " - |%n" : " %.2f |%n", one.milliseconds());
      }
    }
    TwoOverOne.print(measured, out);
    worse();
  }

  private void training() {
    introduction("Training whole models", "tokens a second", WHOLE);
    print("%n%s", SPREAD);
    for (String part : measured.parts()) {
      List<String> shown = heading(part, part, "V");
      print(" ratio | worst | best | in turn | ms |%n%s%n", rule(8 + shown.size() + 5));
      for (Comparison.Key key : measured.of(part)) {
        Comparison.Measured one = measured.get(key);
        speeds(key, shown, "%,.0f");
        print(" %.2f | %.2f |", one.ratio(), Collections.min(one.ratios()));
        print(" %.2f | %.2f |", Collections.max(one.ratios()), median(one.turns()));
        print(Double.isNaN(one.milliseconds()) ? " - |%n" : " %.2f |%n", one.milliseconds());
      }
    }
    worse();
  }

  /** What a reader should not have to look for. */
  private void worse() {
    print("%n## Worse than hoped%n%n");
    List<Comparison.Key> slower =
        measured.keys().stream()
            .filter(key -> measured.get(key).ratio() < 1 || median(measured.get(key).turns()) < 1)
            .toList();
    if (slower.isEmpty()) {
      print("Nothing: Elman's ratio is 1 or more everywhere, in turn as well.%n");
      return;
    }
    print(
        "Elman is slower than the fastest other, by the ratio or in turn, in %d of %d:%n%n",
        slower.size(), measured.keys().size());
    for (Comparison.Key key : slower) {
      Comparison.Measured one = measured.get(key);
      print(
          "- %s: %s: %.2f, in turn %.2f%n",
          key.part(), key.shape(), one.ratio(), median(one.turns()));
    }
  }

  private void shapes() {
    introduction("Random shapes", "GFLOP/s", LAYERS);
    for (String part : measured.parts()) {
      print("%n## %s: how the ratios are spread%n%n", part);
      print("| cell | lengths | shapes | below %.2f |", LOW);
      print(" least | 10 %% | median | 90 %% | most |%n%s%n", rule(9));
      spread("all", "all", measured.of(part));
      for (String cell : List.of("LSTM", "GRU", "RNN")) {
        for (String lengths : List.of("equal", "unequal")) {
          spread(
              cell,
              lengths,
              measured.of(part).stream().filter(key -> key.isOf(cell, lengths)).toList());
        }
      }
    }
    measured.parts().forEach(this::lowest);
  }

  private void spread(String cell, String lengths, List<Comparison.Key> keys) {
    double[] sorted =
        keys.stream().mapToDouble(key -> measured.get(key).ratio()).sorted().toArray();
    if (sorted.length > 0) {
      long low = Arrays.stream(sorted).filter(ratio -> ratio < LOW).count();
      print("| %s | %s | %d | %d |", cell, lengths, sorted.length, low);
      for (double share : new double[] {0, 0.1, 0.5, 0.9, 1}) {
        print(" %.2f |", sorted[(int) Math.round(share * (sorted.length - 1))]);
      }
      print("%n");
    }
  }

  private void lowest(String part) {
    List<String> shown = heading(part + ": the lowest ratios", part, "D");
    print(" ratio |%n%s%n", rule(8 + shown.size() + 1));
    measured.of(part).stream()
        .sorted(Comparator.comparing(key -> measured.get(key).ratio()))
        .limit(WORST)
        .forEach(
            key -> {
              speeds(key, shown, "%.1f");
              print(" %.2f |%n", measured.get(key).ratio());
            });
  }

  private void introduction(String title, String speeds, String counted) {
    print(
        INTRODUCTION,
        title,
        measured.command(),
        measured.machine(),
        String.join(", ", measured.engines()),
        measured.rounds(),
        speeds,
        counted,
        measured.file());
  }

  /** A title and the first columns of a table; gives the engines that are in it. */
  private List<String> heading(String title, String part, String inputs) {
    List<String> shown = measured.shown(part);
    print("%n## %s%n%n", title);
    print(COLUMNS, inputs);
    shown.forEach(engine -> print(" %s |", engine));
    return shown;
  }

  private void speeds(Comparison.Key key, List<String> shown, String format) {
    print("| %s |", key.shape().replace(",", " | "));
    for (String engine : shown) {
      List<Double> speeds = measured.get(key).speeds().get(engine);
      print(speeds == null ? " - |" : " " + format + " |", speeds == null ? 0 : median(speeds));
    }
  }

  /** The line below the heads of a table's columns. */
  static String rule(int columns) {
    return "|" + "---|".repeat(columns);
  }

  private void print(String format, Object... values) {
    out.print(String.format(Locale.ROOT, format, values));
  }
}
