package dev.elman.bench;

import static dev.elman.bench.Comparison.PEERS;
import static dev.elman.bench.Comparison.REFERENCES;
import static dev.elman.bench.Figures.median;
import static dev.elman.bench.Figures.number;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Times Elman and other engines in turn, a fraction of a second each, so that a machine whose speed
 * changes from second to second is as fast for the one as for the others.
 *
 * <pre>{@code
 * java -cp cli/target/elman.jar dev.elman.bench.Compare --results RESULTS.csv --shapes SHAPES.csv
 *     [OPTION VALUE]... COMMAND...
 *
 *   --modes infer,train   --threads 1,2 (one number after the other)
 *   --rounds 5            in each round every engine runs in a fresh process
 *   --turns 6             in which each engine does one repetition
 *   --pause 20            milliseconds before each, in which the others' threads come to rest
 *   --order file          or shuffled: another order in each round
 *   --lasting COMMAND     an engine that runs in one process through all rounds; none
 *   --command TEXT        what the results are said to be written by
 * }</pre>
 *
 * <p>Each command answers requests as {@code elman bench --on-request} does; THREADS in it stands
 * for the number of threads. An engine whose name begins with sgemm is the practical limit of the
 * machine; the name of a lasting one begins with lasting. Both are what Elman has a share of. For
 * each number of threads, round, mode, shape and engine there is a line of speeds, GFLOP/s or, of
 * whole models, tokens/s: median, least and most over the turns; Elman's has the median, over the
 * turns, of its speed to that of the fastest other engine in the same turn (ratio), and to that of
 * sgemm or the lasting one (share). The amount is what one run counts.
 */
public final class Compare {
  private static final String COLUMNS =
      "threads,round,mode,cell,T,B,D,H,layers,directions,lengths,engine,median,min,max,ratio,share,"
          + "amount";

  private final CompareOptions options;
  private final List<String> shapes;

  private Compare(CompareOptions options) throws IOException {
    this.options = options;
    this.shapes = options.shapes();
  }

  /** Writes the results; ends with an engine's complaints when it fails. */
  public static void main(String[] args) throws IOException, InterruptedException {
    run(CompareOptions.of(args));
  }

  /** Writes the results. */
  static void run(CompareOptions options) throws IOException, InterruptedException {
    new Compare(options).run();
  }

  private void run() throws IOException, InterruptedException {
    Path file = Path.of(options.get("results", null));
    String command = options.get("command", Compare.class.getName());
    try (ResultsFile results = new ResultsFile(file, false, command, COLUMNS)) {
      for (String threads : options.get("threads", "1,2").split(",")) {
        List<LiveEngine> lasting = new ArrayList<>();
        try {
          if (!options.get("lasting", "").isEmpty()) {
            lasting.add(new LiveEngine("lasting-", options.get("lasting", ""), threads));
          }
          rounds(threads, lasting, results);
        } finally {
          close(lasting);
        }
      }
    }
  }

  private void rounds(String threads, List<LiveEngine> lasting, ResultsFile results)
      throws IOException, InterruptedException {
    int rounds = options.number("rounds", "5");
    for (int round = 1; round <= rounds; round++) {
      List<String> ordered = new ArrayList<>(shapes);
      if (options.get("order", "file").equals("shuffled")) {
        Collections.shuffle(ordered, new Random(round));
      }
      List<LiveEngine> fresh = new ArrayList<>();
      try {
        for (String command : options.rest()) {
          fresh.add(new LiveEngine(command, threads));
        }
        List<LiveEngine> engines = new ArrayList<>(fresh);
        engines.addAll(lasting);
        round(threads + "," + round, ordered, engines, results);
      } finally {
        close(fresh);
      }
      System.err.printf("threads %s: round %d of %d%n", threads, round, rounds);
    }
  }

  private void round(
      String key, List<String> ordered, List<LiveEngine> engines, ResultsFile results)
      throws IOException, InterruptedException {
    for (String shape : ordered) {
      for (String mode : options.get("modes", "infer,train").split(",")) {
        for (String line : compare(engines, mode, shape)) {
          results.write(String.join(",", key, mode, shape, line));
        }
      }
    }
  }

  private static void close(List<LiveEngine> engines) throws IOException {
    for (LiveEngine engine : engines) {
      engine.close();
    }
  }

  /** A line for each engine; none where Elman or all of its peers, if any, do not do it. */
  private List<String> compare(List<LiveEngine> all, String mode, String shape)
      throws IOException, InterruptedException {
    boolean whole = Bench.Mode.of(mode).wholeModels();
    List<Speeds> speeds = new ArrayList<>();
    for (LiveEngine engine : all) {
      double amount = engine.prepare(mode, shape);
      if (amount > 0) {
        speeds.add(new Speeds(engine, amount, whole ? 1e6 : 1e-3, new ArrayList<>()));
      }
    }
    Speeds elman = fastest(speeds, "elman.*");
    boolean hasPeer = all.stream().anyMatch(engine -> engine.name().matches(PEERS));
    if (elman == null || hasPeer && fastest(speeds, PEERS) == null) {
      return List.of();
    }
    int turns = options.number("turns", "6");
    int pause = options.number("pause", "20");
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < speeds.size(); i++) {
        Thread.sleep(pause);
        speeds.get((turn + i) % speeds.size()).measure();
      }
    }
    String ratio = elman.comparedWith(fastest(speeds, PEERS));
    String share = elman.comparedWith(whole ? null : fastest(speeds, REFERENCES));
    return speeds.stream().map(one -> one.line(one == elman ? ratio + "," + share : ",")).toList();
  }

  /** Of those with such a name; null when there is none. */
  private static Speeds fastest(List<Speeds> speeds, String name) {
    return speeds.stream()
        .filter(one -> one.engine.name().matches(name))
        .max(Comparator.comparing(one -> median(one.turns)))
        .orElse(null);
  }

  /**
   * What an engine does in each turn.
   *
   * @param amount of one run
   * @param unit of speed, for an amount a microsecond
   */
  private record Speeds(LiveEngine engine, double amount, double unit, List<Double> turns) {
    void measure() throws IOException, InterruptedException {
      turns.add(amount / engine.go() * unit);
    }

    String comparedWith(Speeds other) {
      return other == null
          ? ""
          : number(
              median(
                  IntStream.range(0, turns.size())
                      .mapToObj(turn -> turns.get(turn) / other.turns.get(turn))
                      .toList()));
    }

    String line(String compared) {
      return String.join(
          ",",
          engine.name(),
          number(median(turns)),
          number(Collections.min(turns)),
          number(Collections.max(turns)),
          compared,
          String.format(Locale.ROOT, "%.0f", amount));
    }
  }
}
