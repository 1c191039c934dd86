package dev.elman.cli;

import dev.elman.inspection.Example;
import dev.elman.inspection.Trace;
import dev.elman.models.Model;
import dev.elman.tasks.Translation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code elman inspect --states} and {@code --gates}: heat maps of units along a sequence, and how
 * often they are at the ends of their range.
 */
final class InspectUnits {
  private static final int MOST_UNITS = 40; // rows of a picture that can be told apart
  private static final int NAMED = 4;
  private static final String BLANK_SIGN = "·";
  private static final String LINE_SIGN = "¶";
  private static final String END_SIGN = "(end)";

  private InspectUnits() {}

  static void states(Model model, Example example, Path file, PrintWriter out) {
    show(Trace.states(model, example), example, file, out);
  }

  static void gates(Model model, Example example, Path file, PrintWriter out) {
    show(Trace.gates(model, example), example, file, out);
  }

  private static void show(List<Trace> traces, Example example, Path file, PrintWriter out) {
    PictureFile picture = new PictureFile(file);
    TextTable table =
        new TextTable("layer", "", "mean", "< -0.9", "< 0.1", "> 0.9", "units most often there");
    for (Trace trace : traces) {
      List<String> labels =
          example.labels(trace.layer()).stream().map(InspectUnits::visible).toList();
      int[] units = busiest(trace);
      picture.add(map(trace, units, labels), 78 + 8 * Math.max(8, units.length));
      boolean share = trace.isShare();
      table.row(
          2,
          trace.layer(),
          trace.name(),
          trace.mean(),
          share ? Double.NaN : trace.below(-0.9),
          share ? trace.below(0.1) : Double.NaN,
          trace.above(0.9),
          extremes(trace));
    }
    picture.write();
    out.printf(
        "%s; shares of steps and units below and above, gates between 0 and 1:%n", steps(example));
    out.print(table);
    out.println("Picture: " + file);
  }

  private static String steps(Example example) {
    int source = example.source().size();
    return source == 0
        ? example.steps() + " steps"
        : source + " steps of the source and " + example.steps() + " of the target";
  }

  private static HeatMap map(Trace trace, int[] units, List<String> labels) {
    float[][] values = new float[units.length][labels.size()];
    for (int i = 0; i < units.length; i++) {
      for (int t = 0; t < labels.size(); t++) {
        values[i][t] = trace.values()[t][units[i]];
      }
    }
    String which =
        units.length == trace.units()
            ? trace.units() + " units"
            : "the " + units.length + " of " + trace.units() + " units that vary most";
    return new HeatMap(
        trace.layer() + ": " + trace.name() + ", " + which,
        labels,
        IntStream.of(units).mapToObj(unit -> Integer.toString(unit + 1)).toList(),
        values,
        trace.isShare() ? HeatMap.Scale.GATES : HeatMap.Scale.around(values));
  }

  /** Those that vary most, in their order. */
  private static int[] busiest(Trace trace) {
    return IntStream.range(0, trace.units())
        .boxed()
        .sorted(Comparator.comparingDouble(unit -> -variance(trace, unit)))
        .limit(MOST_UNITS)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static double variance(Trace trace, int unit) {
    double mean = trace.mean(unit);
    double sum = 0;
    for (float[] row : trace.values()) {
      sum += (row[unit] - mean) * (row[unit] - mean);
    }
    return sum;
  }

  /** The units that are most often at an end of their range, with how often. */
  private static String extremes(Trace trace) {
    return IntStream.range(0, trace.units())
        .boxed()
        .filter(unit -> saturated(trace, unit) > 0)
        .sorted(Comparator.comparingDouble(unit -> -saturated(trace, unit)))
        .limit(NAMED)
        .map(unit -> String.format(Locale.ROOT, "%d: %.2f", unit + 1, saturated(trace, unit)))
        .collect(Collectors.joining("  "));
  }

  private static double saturated(Trace trace, int unit) {
    return trace.above(unit, 0.9) + trace.below(unit, trace.isShare() ? 0.1 : -0.9);
  }

  /** A symbol, or a date, as it can be seen beside a picture, in any font. */
  static String visible(String symbol) {
    return switch (symbol) {
      case "\n" -> LINE_SIGN;
      case Translation.END -> END_SIGN;
      default -> symbol.isBlank() ? BLANK_SIGN : symbol;
    };
  }
}
