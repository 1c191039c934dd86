package dev.elman.bench;

import static dev.elman.bench.Figures.median;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of what {@link Memory} measured. */
final class MemoryPage {
  private static final String INTRODUCTION =
      """
      # Memory

      Written by `%s`:
      %s.

      Peak resident memory of a process that does the work of one row some times over, in megabytes of a
      million bytes: everything, the JVM's or the interpreter's and its libraries' own included. Each
      figure is the median over %d fresh processes. A ratio is Elman's memory to PyTorch's: below 1 Elman
      takes less. Milliseconds: one run. Elman runs with the JVM flags of `./elman`. Each process: %s.
      """;

  private static final String COLUMNS =
      "| work | cell | T | B | D or V | H | layers | directions | lengths |";

  /** Megabytes and milliseconds, a number a round; none of a heap that was too small. */
  private record Measured(List<Double> megabytes, List<Double> milliseconds) {
    boolean outOfMemory() {
      return megabytes.isEmpty();
    }
  }

  private final Map<String, Map<String, Map<String, Measured>>> parts = new LinkedHashMap<>();
  private final Path file;
  private final List<String> lines;
  private final PrintStream out;

  /** By part, work and engine. */
  MemoryPage(Path file, PrintStream out) throws IOException {
    this.file = file;
    this.out = out;
    lines = Files.readAllLines(file);
    lines.stream().skip(ResultsFile.HEADING).map(line -> line.split(",", -1)).forEach(this::add);
  }

  private void add(String[] cells) {
    String work = String.join(",", Arrays.copyOfRange(cells, 2, 11));
    Measured measured =
        parts
            .computeIfAbsent(cells[0], part -> new LinkedHashMap<>())
            .computeIfAbsent(work, key -> new LinkedHashMap<>())
            .computeIfAbsent(
                cells[11], engine -> new Measured(new ArrayList<>(), new ArrayList<>()));
    if (!cells[12].equals(Memory.OUT)) {
      measured.megabytes.add(Double.parseDouble(cells[12]));
      measured.milliseconds.add(Double.parseDouble(cells[13]));
    }
  }

  void print() {
    long rounds =
        lines.stream().skip(ResultsFile.HEADING).map(line -> line.split(",")[1]).distinct().count();
    print(
        INTRODUCTION,
        lines.get(0).substring(2),
        lines.get(1).substring(2),
        rounds,
        file.getFileName());
    parts.forEach(this::table);
    worse();
  }

  private void table(String part, Map<String, Map<String, Measured>> works) {
    List<String> engines =
        works.values().stream().flatMap(one -> one.keySet().stream()).distinct().toList();
    print("%n## %s%n%n%s", part, COLUMNS);
    engines.forEach(engine -> print(" %s, MB | ms |", engine));
    print(" ratio |%n%s%n", Pages.rule(9 + 2 * engines.size() + 1));
    works.forEach(
        (work, measured) -> {
          print("| %s |", work.replace(",", " | "));
          for (String engine : engines) {
            Measured one = measured.get(engine);
            if (one == null) {
              print(" - | - |");
            } else if (one.outOfMemory()) {
              print(" %s | - |", Memory.OUT);
            } else {
              print(" %.0f | %.1f |", median(one.megabytes), median(one.milliseconds));
            }
          }
          print(Double.isNaN(ratio(measured)) ? " - |%n" : " %.2f |%n", ratio(measured));
        });
  }

  /** Of Elman without further words to PyTorch; NaN where one is missing. */
  private static double ratio(Map<String, Measured> measured) {
    Measured elman = measured.get("elman");
    Measured peer = measured.get("pytorch");
    return elman == null || peer == null || elman.outOfMemory() || peer.outOfMemory()
        ? Double.NaN
        : median(elman.megabytes) / median(peer.megabytes);
  }

  private void worse() {
    print("%n## Worse than hoped%n%n");
    List<String> more = new ArrayList<>();
    parts.forEach(
        (part, works) ->
            works.forEach(
                (work, measured) -> {
                  if (ratio(measured) > 1) {
                    more.add(
                        String.format(Locale.ROOT, "- %s: %s: %.2f", part, work, ratio(measured)));
                  }
                }));
    if (more.isEmpty()) {
      print("Nothing: Elman takes no more than PyTorch anywhere.%n");
    } else {
      print("Elman takes more than PyTorch:%n%n%s%n", String.join("\n", more));
    }
  }

  private void print(String format, Object... values) {
    out.print(String.format(Locale.ROOT, format, values));
  }
}
