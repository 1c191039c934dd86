import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Times Elman and other engines in turn, a fraction of a second each, so that a machine whose speed
 * changes from second to second is as fast for the one as for the others.
 *
 * <pre>{@code
 * java bench/Compare.java --results RESULTS.csv --shapes SHAPES.csv [OPTION VALUE]... COMMAND...
 *
 *   --modes infer,train   --threads 1,2 (one number after the other)
 *   --rounds 5            in each round every engine runs in a fresh process
 *   --turns 6             in which each engine does one repetition
 *   --order file          or shuffled: another order in each round
 *   --command TEXT        what the results are said to be written by
 * }</pre>
 *
 * <p>Each command answers requests as {@code elman bench --on-request} does; THREADS in it stands
 * for the number of threads. An engine whose name begins with sgemm is the practical limit of the
 * machine. For each number of threads, round, mode, shape and engine there is a line of GFLOP/s,
 * median, least and most over the turns; Elman's has the median, over the turns, of its speed to
 * that of the fastest other engine in the same turn (ratio), and to that of sgemm (share).
 */
final class Compare {
  private static final String COLUMNS =
      "threads,round,mode,cell,T,B,D,H,layers,directions,lengths,engine,median,min,max,ratio,share";
  private static final int PAUSE = 20; // milliseconds in which the others' threads come to rest

  private final Map<String, String> options = new HashMap<>();
  private final List<String> commands = new ArrayList<>();

  private Compare(String[] args) {
    int i = 0;
    for (; args[i].startsWith("--"); i += 2) {
      options.put(args[i].substring(2), args[i + 1]);
    }
    commands.addAll(Arrays.asList(args).subList(i, args.length));
  }

  public static void main(String[] args) throws Exception {
    try {
      new Compare(args).run();
    } catch (EngineFailed e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws Exception {
    List<String> shapes = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(options.get("shapes")))) {
      String shape = line.replace(" ", "");
      if (!shape.isEmpty() && !shape.startsWith("#")) {
        shapes.add(shape.split(",").length == 6 ? shape + ",1,equal" : shape);
      }
    }
    int rounds = Integer.parseInt(option("rounds", "5"));
    try (BufferedWriter results = Files.newBufferedWriter(Path.of(options.get("results")))) {
      write(results, "# " + option("command", "bench/Compare.java"));
      write(results, "# " + machine());
      write(results, COLUMNS);
      for (String threads : option("threads", "1,2").split(",")) {
        for (int round = 1; round <= rounds; round++) {
          List<String> ordered = new ArrayList<>(shapes);
          if (option("order", "file").equals("shuffled")) {
            Collections.shuffle(ordered, new Random(round));
          }
          round(threads, round, ordered, results);
          System.err.printf("threads %s: round %d of %d%n", threads, round, rounds);
        }
      }
    }
  }

  private String option(String name, String byDefault) {
    return options.getOrDefault(name, byDefault);
  }

  private void round(String threads, int round, List<String> shapes, BufferedWriter results)
      throws Exception {
    List<Engine> engines = new ArrayList<>();
    try {
      for (String command : commands) {
        engines.add(new Engine(command.replace("THREADS", threads), threads));
      }
      for (String shape : shapes) {
        for (String mode : option("modes", "infer,train").split(",")) {
          String key = threads + "," + round + "," + mode + "," + shape + ",";
          for (String line : compare(engines, mode + " " + shape)) {
            write(results, key + line);
          }
        }
      }
    } finally {
      engines.forEach(Engine::close);
    }
  }

  /** A line for each engine; none where Elman or all others do not do it. */
  private List<String> compare(List<Engine> all, String what) throws Exception {
    List<Speeds> speeds = new ArrayList<>();
    for (Engine engine : all) {
      String answer = engine.ask("prepare " + what);
      if (answer.startsWith("ready ")) {
        double operations = Double.parseDouble(answer.substring("ready ".length()));
        speeds.add(new Speeds(engine, operations, new ArrayList<>()));
      }
    }
    Speeds elman = fastest(speeds, "elman");
    Speeds peer = fastest(speeds, "(?!elman|sgemm)");
    if (elman == null || peer == null) {
      return List.of();
    }
    int turns = Integer.parseInt(option("turns", "6"));
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < speeds.size(); i++) {
        speeds.get((turn + i) % speeds.size()).measure();
      }
    }
    String ratio = elman.comparedWith(fastest(speeds, "(?!elman|sgemm)"));
    String share = elman.comparedWith(fastest(speeds, "sgemm"));
    return speeds.stream()
        .map(one -> one + (one == elman ? "," + ratio + "," + share : ",,"))
        .toList();
  }

  /** Of those whose name begins so; null when there is none. */
  private static Speeds fastest(List<Speeds> speeds, String name) {
    return speeds.stream()
        .filter(one -> one.engine.name.matches(name + ".*"))
        .max(Comparator.comparing(one -> median(one.turns)))
        .orElse(null);
  }

  /** GFLOP/s in each turn. */
  private record Speeds(Engine engine, double operations, List<Double> turns) {
    void measure() throws Exception {
      Thread.sleep(PAUSE);
      turns.add(operations / Double.parseDouble(engine.ask("go")) * 1e-3);
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

    @Override
    public String toString() {
      return String.join(
          ",",
          engine.name,
          number(median(turns)),
          number(Collections.min(turns)),
          number(Collections.max(turns)));
    }
  }

  /** A live process that answers requests. */
  private static final class Engine implements Closeable {
    private final String command;
    private final Path complaints;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;
    private final String name;

    Engine(String command, String threads) throws Exception {
      this.command = command;
      complaints = Files.createTempFile("engine", ".txt");
      ProcessBuilder builder = new ProcessBuilder("bash", "-c", "exec " + command);
      builder.environment().put("OMP_NUM_THREADS", threads);
      process = builder.redirectError(complaints.toFile()).start();
      answers = process.inputReader();
      requests = process.outputWriter();
      name = answer("its name");
    }

    String ask(String request) throws Exception {
      try {
        write(requests, request);
      } catch (IOException e) {
        throw failed("when asked '" + request + "'");
      }
      return answer("'" + request + "'");
    }

    private String answer(String asked) throws Exception {
      String answer = answers.readLine();
      if (answer == null) {
        throw failed("when asked " + asked);
      }
      if (answer.startsWith("error")) {
        throw failed("when asked " + asked + ", after '" + answer + "'");
      }
      return answer;
    }

    private EngineFailed failed(String when) throws Exception {
      return new EngineFailed(
          String.format(
              "%s%nended with exit code %d %s. It complained:%n%s",
              command, process.waitFor(), when, Files.readString(complaints)));
    }

    @Override
    public void close() {
      process.destroy();
      try {
        Files.delete(complaints);
      } catch (IOException e) {
        System.err.println("Left behind: " + e.getMessage());
      }
    }
  }

  private static final class EngineFailed extends Exception {
    private static final long serialVersionUID = 1;

    EngineFailed(String message) {
      super(message);
    }
  }

  private static void write(BufferedWriter to, String line) throws IOException {
    to.write(line + "\n");
    to.flush();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? 0 : (sorted[n / 2] + sorted[(n - 1) / 2]) / 2;
  }

  private static String machine() throws Exception {
    return String.format(
        "%s, %d cores; %s; commit %s",
        output("lscpu | sed -n 's/^Model name: *//p'"),
        Runtime.getRuntime().availableProcessors(),
        output("./elman --version 2>/dev/null | grep '^Java'"),
        output("git rev-parse --short HEAD"));
  }

  private static String output(String command) throws Exception {
    Process process = new ProcessBuilder("bash", "-c", command).start();
    try (InputStream text = process.getInputStream()) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
