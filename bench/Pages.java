import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Prints a page of what bench/Compare.java measured.
 *
 * <pre>{@code
 * java bench/Pages.java benchmarks RESULTS.csv > PAGE.md
 *     every shape: the engines' speeds, and how Elman's compares
 * java bench/Pages.java shapes RESULTS.csv > PAGE.md
 *     many shapes: how the ratios are spread, and where they are lowest
 * }</pre>
 */
final class Pages {
  private static final double LOW = 0.95;
  private static final int WORST = 10;
  private static final String PEERS = "(?!elman|sgemm).*";
  private static final String SHAPE = "| cell | T | B | D | H | layers | directions | lengths |";

  private static final String INTRODUCTION =
      """
      # %s

      Written by `%s`:
      %s; %s.

      The engines run beside each other and work in turn, for a fraction of a second each; rounds, each in
      fresh processes: %d. Speeds are GFLOP/s of an engine's fastest turn, the median over the rounds;
      operations are counted as in `elman bench`. A ratio is Elman's speed to the fastest other's: above 1
      Elman is faster. Others may use the same machine: the fastest turn tells what it can do, and is what
      each engine has at least once. Unequal lengths are spread from T to 1. Each process: %s.
      """;

  private static final String COMPARED =
      """
      The worst is the lowest ratio of a round. In turn: the ratio in a turn, the median over the turns and
      then over the rounds, which is what a machine is like that others use, too. Of sgemm: Elman's speed to
      that of a product of two matrices of 1024 rows by PyTorch, the practical limit of the machine.
      """;

  /** The shape as cell,T,B,D,H,layers,directions,lengths. */
  private record Key(int threads, String mode, String shape) {
    String part() {
      return String.format(
          "%s, %d thread%s",
          mode.equals("train") ? "Training" : "Inference of whole sequences",
          threads,
          threads == 1 ? "" : "s");
    }

    boolean isOf(String cell, String lengths) {
      return shape.startsWith(cell + ",") && shape.endsWith("," + lengths);
    }
  }

  /** A number a round: GFLOP/s by engine, and Elman's median ratio in a turn. */
  private record Measured(Map<String, List<Double>> speeds, List<Double> turns) {
    double ratio() {
      return median(ratios(PEERS));
    }

    /** Elman's speed to that of the fastest engine with such a name, in each round. */
    List<Double> ratios(String name) {
      List<Double> elman = speeds.get("elman");
      return IntStream.range(0, elman.size())
          .mapToObj(round -> elman.get(round) / fastest(name, round))
          .toList();
    }

    private double fastest(String name, int round) {
      return speeds.entrySet().stream()
          .filter(engine -> engine.getKey().matches(name))
          .mapToDouble(engine -> engine.getValue().get(round))
          .max()
          .orElse(Double.NaN);
    }
  }

  private final Map<Key, Measured> all = new LinkedHashMap<>();
  private final List<String> engines = new ArrayList<>();
  private final Path file;
  private final List<String> lines;

  private Pages(Path file) throws Exception {
    this.file = file;
    this.lines = Files.readAllLines(file);
    lines.stream().skip(3).map(line -> line.split(",", -1)).forEach(this::add);
  }

  public static void main(String[] args) throws Exception {
    Pages pages = new Pages(Path.of(args[1]));
    switch (args[0]) {
      case "benchmarks" -> pages.benchmarks();
      case "shapes" -> pages.shapes();
      default -> throw new IllegalArgumentException("Expected benchmarks or shapes: " + args[0]);
    }
  }

  /** Columns as bench/Compare.java names them. */
  private void add(String[] cells) {
    String shape = String.join(",", Arrays.copyOfRange(cells, 3, 11));
    Measured measured =
        all.computeIfAbsent(
            new Key(Integer.parseInt(cells[0]), cells[2], shape),
            key -> new Measured(new LinkedHashMap<>(), new ArrayList<>()));
    String engine = cells[11];
    if (!engines.contains(engine)) {
      engines.add(engine);
    }
    List<Double> speeds = measured.speeds.computeIfAbsent(engine, e -> new ArrayList<>());
    speeds.add(Double.parseDouble(cells[14]));
    if (!cells[15].isEmpty()) {
      measured.turns.add(Double.parseDouble(cells[15]));
    }
  }

  private void benchmarks() {
    introduction("Benchmarks");
    print("%n%s", COMPARED);
    for (String part : parts()) {
      List<String> shown = shown(part);
      print("%n## %s%n%n%s", part, SHAPE);
      shown.forEach(engine -> print(" %s |", engine));
      print(" ratio | worst | in turn | of sgemm |%n%s%n", rule(8 + shown.size() + 4));
      of(part, key -> true)
          .forEach(
              key -> {
                Measured measured = all.get(key);
                speeds(key, shown);
                print(" %.2f | %.2f |", measured.ratio(), Collections.min(measured.ratios(PEERS)));
                print(" %.2f |", median(measured.turns));
                print(" %.0f %% |%n", 100 * median(measured.ratios("sgemm.*")));
              });
    }
  }

  private void shapes() {
    introduction("Random shapes");
    for (String part : parts()) {
      print("%n## %s: how the ratios are spread%n%n", part);
      print("| cell | lengths | shapes | below %.2f |", LOW);
      print(" least | 10 %% | median | 90 %% | most |%n%s%n", rule(9));
      spread("all", "all", of(part, key -> true));
      for (String cell : List.of("LSTM", "GRU", "RNN")) {
        for (String lengths : List.of("equal", "unequal")) {
          spread(cell, lengths, of(part, key -> key.isOf(cell, lengths)));
        }
      }
    }
    parts().forEach(this::lowest);
  }

  private void spread(String cell, String lengths, List<Key> keys) {
    double[] sorted = keys.stream().mapToDouble(key -> all.get(key).ratio()).sorted().toArray();
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
    List<String> shown = shown(part);
    print("%n## %s: the lowest ratios%n%n%s", part, SHAPE);
    shown.forEach(engine -> print(" %s |", engine));
    print(" ratio |%n%s%n", rule(8 + shown.size() + 1));
    of(part, key -> true).stream()
        .sorted(Comparator.comparing(key -> all.get(key).ratio()))
        .limit(WORST)
        .forEach(
            key -> {
              speeds(key, shown);
              print(" %.2f |%n", all.get(key).ratio());
            });
  }

  private void introduction(String title) {
    int rounds = all.values().stream().mapToInt(m -> m.turns.size()).max().orElseThrow();
    String machine = lines.get(1).substring(2);
    print(
        INTRODUCTION,
        title,
        lines.get(0).substring(2),
        machine,
        String.join(", ", engines),
        rounds,
        file.getFileName());
  }

  private List<String> parts() {
    return all.keySet().stream().map(Key::part).distinct().toList();
  }

  private List<Key> of(String part, Predicate<Key> asked) {
    return all.keySet().stream().filter(key -> key.part().equals(part) && asked.test(key)).toList();
  }

  /** The engines that have speeds in this part, without sgemm. */
  private List<String> shown(String part) {
    return engines.stream()
        .filter(engine -> !engine.startsWith("sgemm"))
        .filter(engine -> !of(part, key -> all.get(key).speeds.containsKey(engine)).isEmpty())
        .toList();
  }

  private void speeds(Key key, List<String> shown) {
    print("| %s |", key.shape.replace(",", " | "));
    for (String engine : shown) {
      List<Double> speeds = all.get(key).speeds.get(engine);
      print(speeds == null ? " - |" : " %.1f |", speeds == null ? 0 : median(speeds));
    }
  }

  private static String rule(int columns) {
    return "|" + "---|".repeat(columns);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? 0 : (sorted[n / 2] + sorted[(n - 1) / 2]) / 2;
  }

  private static void print(String format, Object... values) {
    System.out.print(String.format(Locale.ROOT, format, values));
  }
}
