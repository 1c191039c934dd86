package dev.elman.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures the memory that engines take for the same work: the peak resident set of a process that
 * does nothing else, all of it, a JVM's or an interpreter's own included.
 *
 * <pre>{@code
 * java -cp cli/target/elman.jar dev.elman.bench.Memory --results RESULTS.csv --shapes SHAPES.csv
 *     [OPTION VALUE]... NAME COMMAND [NAME COMMAND]...
 *
 *   --modes train        --threads 1       --rounds 1
 *   --part TEXT          under what the results are shown
 *   --command TEXT       what the results are said to be written by
 * }</pre>
 *
 * <p>Each command answers requests as {@code elman bench --on-request} does. A file that is there
 * is gone on with. For each round, mode, shape and engine there is a line: megabytes (of a million
 * bytes; "out of memory" where the heap that the command names is too small) and milliseconds of
 * one run.
 */
public final class Memory {
  /** The columns of results. */
  static final String COLUMNS =
      "part,round,mode,cell,T,B,D,H,layers,directions,lengths,engine,megabytes,milliseconds";

  /** What stands in place of megabytes where a heap is too small. */
  static final String OUT = "out of memory";

  private Memory() {}

  /** Writes the results; ends with an engine's complaints when it fails. */
  public static void main(String[] args) throws IOException, InterruptedException {
    run(CompareOptions.of(args));
  }

  /** Writes the results. */
  static void run(CompareOptions options) throws IOException, InterruptedException {
    Path file = Path.of(options.get("results", null));
    String command = options.get("command", Memory.class.getName());
    try (ResultsFile results = new ResultsFile(file, true, command, COLUMNS)) {
      for (int round = 1; round <= options.number("rounds", "1"); round++) {
        for (String shape : options.shapes()) {
          for (String mode : options.get("modes", "train").split(",")) {
            String key =
                String.join(",", options.get("part", ""), Integer.toString(round), mode, shape);
            engines(options, mode, shape, key, results);
          }
        }
      }
    }
  }

  private static void engines(
      CompareOptions options, String mode, String shape, String key, ResultsFile results)
      throws IOException, InterruptedException {
    List<String> engines = options.rest();
    for (int i = 0; i + 1 < engines.size(); i += 2) {
      String measured = one(engines.get(i + 1), options.get("threads", "1"), mode, shape);
      if (!measured.isEmpty()) {
        results.write(key + "," + engines.get(i) + "," + measured);
        System.err.println(key + "," + engines.get(i) + "," + measured);
      }
    }
  }

  /** In a fresh process; nothing where it does not do that. */
  private static String one(String command, String threads, String mode, String shape)
      throws IOException, InterruptedException {
    try (LiveEngine engine = new LiveEngine(command, threads)) {
      if (engine.prepare(mode, shape) == 0) {
        return "";
      }
      double microseconds = engine.go();
      return String.format(Locale.ROOT, "%.0f,%.2f", engine.peak() * 1e-6, microseconds * 1e-3);
    } catch (EngineException e) {
      if (e.outOfMemory()) {
        return OUT + ",";
      }
      throw e;
    }
  }
}
