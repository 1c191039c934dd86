package dev.elman.bench;

import static dev.elman.bench.Figures.median;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@link Compare} measured, read from its file. */
final class Comparison {
  /** The names of those that Elman is compared with. */
  static final String PEERS = "(?!elman|sgemm|lasting).*";

  /** The names of those of whose speed Elman has a share. */
  static final String REFERENCES = "(sgemm|lasting).*";

  private static final int SHARE = 16; // column of Elman's speed to that of a reference
  private static final int AMOUNT = 17; // column, which older files have not

  private final Map<Key, Measured> all = new LinkedHashMap<>();
  private final List<String> engines = new ArrayList<>();
  private final Path file;
  private final List<String> lines;

  private Comparison(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
    lines.stream().skip(ResultsFile.HEADING).map(line -> line.split(",", -1)).forEach(this::add);
  }

  static Comparison read(Path file) throws IOException {
    return new Comparison(file, Files.readAllLines(file));
  }

  /**
   * What was run.
   *
   * @param shape cell,T,B,D,H,layers,directions,lengths
   */
  record Key(int threads, String mode, String shape) {
    /** The part of a page it stands in. */
    String part() {
      return title(mode) + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    boolean isOf(String cell, String lengths) {
      return shape.startsWith(cell + ",") && shape.endsWith("," + lengths);
    }
  }

  /** A mode in words. */
  static String title(String mode) {
    return switch (Bench.Mode.of(mode)) {
      case INFER -> "Inference of whole sequences";
      case TRAIN -> "Training";
      case LANGUAGE -> "Language models";
      case CLASSIFY -> "Classifiers of texts";
    };
  }

  /**
   * A number a round: an engine's speed, and Elman's median ratio in a turn, to the fastest peer
   * and to a reference.
   *
   * @param amount of one run, divided by the unit of speed and a thousand: speed times
   *     milliseconds; NaN where it is not known
   */
  record Measured(
      Map<String, List<Double>> speeds, List<Double> turns, List<Double> shares, double amount) {
    /** Elman's speed to that of the fastest other, the median over the rounds. */
    double ratio() {
      return median(ratios());
    }

    /** The same in each round. */
    List<Double> ratios() {
      return ratios(PEERS);
    }

    /** Elman's speed to that of the reference, the median over the rounds. */
    double share() {
      return median(ratiosToReference());
    }

    /** The same in each round. */
    List<Double> ratiosToReference() {
      return ratios(REFERENCES);
    }

    /** Of one run of Elman's. */
    double milliseconds() {
      return amount / median(speeds.get("elman"));
    }

    private List<Double> ratios(String name) {
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

  private void add(String[] cells) {
    String mode = cells[2];
    String shape = String.join(",", Arrays.copyOfRange(cells, 3, 11));
    boolean whole = Bench.Mode.of(mode).wholeModels();
    double amount = cells.length > AMOUNT ? Double.parseDouble(cells[AMOUNT]) : Double.NaN;
    Measured measured =
        all.computeIfAbsent(
            new Key(Integer.parseInt(cells[0]), mode, shape),
            key ->
                new Measured(
                    new LinkedHashMap<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    amount * (whole ? 1e3 : 1e-6)));
    String engine = cells[11];
    if (!engines.contains(engine)) {
      engines.add(engine);
    }
    List<Double> speeds = measured.speeds.computeIfAbsent(engine, e -> new ArrayList<>());
    speeds.add(Double.parseDouble(cells[14]));
    if (!cells[15].isEmpty()) {
      measured.turns.add(Double.parseDouble(cells[15]));
    }
    if (cells.length > SHARE && !cells[SHARE].isEmpty()) {
      measured.shares.add(Double.parseDouble(cells[SHARE]));
    }
  }

  String file() {
    return file.getFileName().toString();
  }

  String command() {
    return lines.get(0).substring(2);
  }

  String machine() {
    return lines.get(1).substring(2);
  }

  List<String> engines() {
    return engines;
  }

  int rounds() {
    return all.values().stream().mapToInt(m -> m.speeds.get("elman").size()).max().orElse(0);
  }

  List<Key> keys() {
    return List.copyOf(all.keySet());
  }

  List<String> parts() {
    return all.keySet().stream().map(Key::part).distinct().toList();
  }

  List<Key> of(String part) {
    return all.keySet().stream().filter(key -> key.part().equals(part)).toList();
  }

  Measured get(Key key) {
    return all.get(key);
  }

  /** The engines that have speeds in this part, without references. */
  List<String> shown(String part) {
    return engines.stream()
        .filter(engine -> !engine.matches(REFERENCES))
        .filter(engine -> of(part).stream().anyMatch(key -> get(key).speeds.containsKey(engine)))
        .toList();
  }
}
