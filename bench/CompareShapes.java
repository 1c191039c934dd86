import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Prints a page about many shapes: how the ratios of Elman's speed to another program's are spread,
 * and where they are lowest.
 *
 * <pre>{@code
 * java bench/CompareShapes.java RESULTS.csv > PAGE.md
 * }</pre>
 *
 * <p>The results are what docs/write-shapes writes: two comments on how and where, the heading, and
 * for each round and shape a line of each of the two programs.
 */
final class CompareShapes {
  private static final double LOW = 0.95;
  private static final int WORST = 10;
  private static final String SHAPE = "| cell | T | B | D | H | layers | directions | lengths |";

  private static final String INTRODUCTION =
      """
      # Random shapes

      Written by `%s`:
      %s; %s.

      Both programs timed ten shapes at a time in turn, each in a fresh process; rounds, each in another
      order: %d. A ratio is Elman's speed to the other's, the median over the rounds: above 1 Elman is
      faster. Unequal lengths are spread from T to 1, and packed by both before the clock starts. Speeds
      are medians in GFLOP/s, operations counted as in `elman bench`. Each time: shapes.csv.
      """;

  /** The shape as cell,T,B,D,H,layers,directions,lengths. */
  private record Key(String mode, String shape) {
    boolean isOf(String cell, String lengths) {
      return shape.startsWith(cell + ",") && shape.endsWith("," + lengths);
    }
  }

  /** GFLOP/s, one number a round. */
  private record Speeds(List<Double> elman, List<Double> peer) {
    double ratio() {
      if (elman.isEmpty() || elman.size() != peer.size()) {
        throw new IllegalStateException(
            "Expected a line of both programs in each round, found " + this + ".");
      }
      return median(
          IntStream.range(0, elman.size()).mapToObj(r -> elman.get(r) / peer.get(r)).toList());
    }
  }

  private final Map<Key, Speeds> speeds = new LinkedHashMap<>();
  private final Map<Key, Double> ratios = new LinkedHashMap<>();
  private final StringBuilder page = new StringBuilder();
  private String peer;

  public static void main(String[] args) throws Exception {
    System.out.print(new CompareShapes().page(Files.readAllLines(Path.of(args[0]))));
  }

  private String page(List<String> lines) {
    lines.stream().filter(line -> !line.matches("(#|engine,).*")).forEach(this::add);
    speeds.forEach((key, both) -> ratios.put(key, both.ratio()));
    List<String> modes = ratios.keySet().stream().map(Key::mode).distinct().toList();
    int rounds = speeds.values().iterator().next().elman().size();
    print(INTRODUCTION, comment(lines, 0), comment(lines, 1), peer, rounds);
    modes.forEach(this::spread);
    modes.forEach(this::worst);
    return page.toString();
  }

  private static String comment(List<String> lines, int i) {
    return lines.get(i).replaceFirst("^# ", "");
  }

  private void add(String line) {
    String[] cells = line.split(",");
    int n = cells.length;
    Key key = new Key(cells[1], String.join(",", Arrays.copyOfRange(cells, 3, n - 2)));
    Speeds both =
        speeds.computeIfAbsent(key, k -> new Speeds(new ArrayList<>(), new ArrayList<>()));
    double speed = Double.parseDouble(cells[n - 1]);
    if (cells[0].equals("elman")) {
      both.elman().add(speed);
    } else {
      peer = cells[0];
      both.peer().add(speed);
    }
  }

  private void spread(String mode) {
    print("%n## %s: how the ratios are spread%n%n", mode);
    print("| cell | lengths | shapes | below %.2f |", LOW);
    print(" least | 10 %% | median | 90 %% | most |%n");
    print("|---|---|---|---|---|---|---|---|---|%n");
    row(mode, "all", "all", key -> true);
    for (String cell : List.of("LSTM", "GRU", "RNN")) {
      for (String lengths : List.of("equal", "unequal")) {
        row(mode, cell, lengths, key -> key.isOf(cell, lengths));
      }
    }
  }

  private void row(String mode, String cell, String lengths, Predicate<Key> asked) {
    double[] sorted =
        ratios.entrySet().stream()
            .filter(entry -> entry.getKey().mode().equals(mode) && asked.test(entry.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sorted()
            .toArray();
    if (sorted.length > 0) {
      long low = Arrays.stream(sorted).filter(ratio -> ratio < LOW).count();
      print("| %s | %s | %d | %d |", cell, lengths, sorted.length, low);
      for (double share : new double[] {0, 0.1, 0.5, 0.9, 1}) {
        print(" %.2f |", sorted[(int) Math.round(share * (sorted.length - 1))]);
      }
      print("%n");
    }
  }

  private void worst(String mode) {
    print("%n## %s: the lowest ratios%n%n%s %s | Elman | ratio |%n", mode, SHAPE, peer);
    print("|---|---|---|---|---|---|---|---|---|---|---|%n");
    ratios.entrySet().stream()
        .filter(entry -> entry.getKey().mode().equals(mode))
        .sorted(Comparator.comparing(Map.Entry::getValue))
        .limit(WORST)
        .forEach(
            entry -> {
              Key key = entry.getKey();
              Speeds both = speeds.get(key);
              print("| %s |", key.shape().replace(",", " | "));
              print(" %.1f | %.1f |", median(both.peer()), median(both.elman()));
              print(" %.2f |%n", entry.getValue());
            });
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    int n = sorted.length;
    return (sorted[n / 2] + sorted[(n - 1) / 2]) / 2;
  }

  private void print(String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values));
  }
}
