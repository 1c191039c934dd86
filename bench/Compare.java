import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs programs that time recurrent layers in turn, round after round, each in a fresh process, and
 * writes a page of medians and ratios, and beside it every line that they printed (.csv).
 *
 * <pre>{@code
 * java -Dcommand=WHAT-THE-PAGE-SAYS-WROTE-IT bench/Compare.java ROUNDS PAGE.md COMMAND...
 * }</pre>
 *
 * <p>In each command {@code THREADS} stands for the number of threads, 1 and then 2; it prints the
 * lines that {@code elman bench} prints. A command that is named twice runs twice a round. Lines of
 * the engine {@code mkl} are a product of two matrices of 1024 rows, the practical limit of the
 * machine.
 */
final class Compare {
  private record Key(int threads, String mode, String shape) {}

  /** GFLOP/s by engine, one number a process. */
  private final Map<Key, Map<String, List<Double>>> speeds = new LinkedHashMap<>();
  private final Map<Integer, List<Double>> limits = new TreeMap<>();
  private final Set<String> engines = new LinkedHashSet<>();
  private final List<String> lines = new ArrayList<>();
  private final int rounds;

  private Compare(int rounds) {
    this.rounds = rounds;
  }

  public static void main(String[] args) throws Exception {
    Compare compare = new Compare(Integer.parseInt(args[0]));
    List<String> commands = Arrays.asList(args).subList(2, args.length);
    for (int threads = 1; threads <= 2; threads++) {
      for (int round = 0; round < compare.rounds; round++) {
        for (String command : commands) {
          compare.run(command.replace("THREADS", Integer.toString(threads)), threads);
        }
        Files.write(Path.of(args[1].replaceFirst("[.]md$", "") + ".csv"), compare.lines);
        System.err.printf("threads %d: round %d of %d%n", threads, round + 1, compare.rounds);
      }
    }
    Files.writeString(Path.of(args[1]), compare.page());
  }

  private void run(String command, int threads) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line.strip().split(","), threads);
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("This command failed: " + command);
    }
  }

  private void add(String[] cells, int threads) {
    if (cells.length != 11 || cells[0].equals("engine")) {
      return;
    }
    lines.add(String.join(",", cells));
    double speed = Double.parseDouble(cells[10]);
    if (cells[0].equals("mkl")) {
      limits.computeIfAbsent(threads, t -> new ArrayList<>()).add(speed);
      return;
    }
    engines.add(cells[0]);
    Key key = new Key(threads, cells[1], String.join(" | ", Arrays.copyOfRange(cells, 3, 9)));
    speeds
        .computeIfAbsent(key, k -> new LinkedHashMap<>())
        .computeIfAbsent(cells[0], e -> new ArrayList<>())
        .add(speed);
  }

  private String page() throws Exception {
    StringBuilder page = new StringBuilder("# Benchmarks\n\n");
    page.append("Written by `").append(System.getProperty("command")).append("`:\n").append(rounds);
    page.append(" rounds of all programs in turn, ").append(processes());
    page.append(";\nan operation is counted as in `elman bench`. The ratio is the median over the ");
    page.append("rounds of Elman to the faster of the others\nin the same round; the worst is Elman's ");
    page.append("slowest process to the others' median one. Each process: benchmarks.csv.\n\n");
    page.append("Machine: ").append(output("lscpu | sed -n 's/^Model name: *//p'"));
    page.append(", ").append(Runtime.getRuntime().availableProcessors()).append(" cores; Java ");
    page.append(System.getProperty("java.version")).append("; ").append(String.join(", ", engines));
    page.append("; commit ").append(output("git rev-parse --short HEAD")).append(".\n");
    limits.forEach(
        (threads, speed) ->
            page.append(
                format(
                    "%nMKL's product of two matrices of 1024 rows, %d thread%s: %.0f GFLOP/s.%n",
                    threads, threads == 1 ? "" : "s", median(speed))));
    for (String mode : List.of("train", "infer")) {
      if (runs("elman", mode)) {
        limits.keySet().forEach(threads -> table(page, mode, threads));
      }
    }
    return page.toString();
  }

  private String processes() {
    int times =
        speeds.values().stream()
                .filter(byEngine -> byEngine.containsKey("elman"))
                .mapToInt(byEngine -> byEngine.get("elman").size())
                .findFirst()
                .orElse(rounds)
            / rounds;
    String often = times == 1 ? "" : ", Elman " + times + " times a round";
    return "each in a fresh process" + often + ". GFLOP/s are medians";
  }

  private boolean runs(String engine, String mode) {
    return speeds.entrySet().stream()
        .anyMatch(e -> e.getKey().mode().equals(mode) && e.getValue().containsKey(engine));
  }

  private void table(StringBuilder page, String mode, int threads) {
    List<String> peers =
        engines.stream().filter(e -> !e.equals("elman") && runs(e, mode)).toList();
    page.append(
        format(
            "%n## %s, %d thread%s%n%n",
            mode.equals("train") ? "Training" : "Inference of whole sequences",
            threads,
            threads == 1 ? "" : "s"));
    page.append("| cell | T | B | D | H | layers |");
    peers.forEach(peer -> page.append(' ').append(peer).append(" |"));
    page.append(" Elman | ratio | worst | of sgemm |\n|---|---|---|---|---|---|");
    page.append("---|".repeat(peers.size())).append("---|---|---|---|\n");
    speeds.forEach(
        (key, byEngine) -> {
          boolean asked = key.threads() == threads && key.mode().equals(mode);
          if (asked && byEngine.containsKey("elman")) {
            page.append(row(key, byEngine, peers));
          }
        });
  }

  private String row(Key key, Map<String, List<Double>> byEngine, List<String> peers) {
    List<Double> mine = byEngine.get("elman");
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < mine.size(); i++) {
      double best = 0;
      for (String peer : peers) {
        List<Double> theirs = byEngine.get(peer);
        best = Math.max(best, theirs.get(i * theirs.size() / mine.size())); // of the same round
      }
      ratios.add(mine.get(i) / best);
    }
    StringBuilder row = new StringBuilder("| ").append(key.shape()).append(" |");
    peers.forEach(peer -> row.append(format(" %.1f |", median(byEngine.get(peer)))));
    double median = median(mine);
    double best = peers.stream().mapToDouble(p -> median(byEngine.get(p))).max().orElseThrow();
    double worst = Collections.min(mine) / best;
    double share = 100 * median / median(limits.get(key.threads()));
    return row.append(
            format(" %.1f | %.2f | %.2f | %.0f %% |%n", median, median(ratios), worst, share))
        .toString();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get(n / 2) + sorted.get((n - 1) / 2)) / 2;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String output(String command) throws Exception {
    Process process = new ProcessBuilder("bash", "-c", command).start();
    String text = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return text;
  }
}
