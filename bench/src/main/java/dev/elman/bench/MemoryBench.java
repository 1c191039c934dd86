package dev.elman.bench;

import dev.elman.kernels.Threads;
import dev.elman.training.BatchPass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures time and peak memory of a training step, with and without recomputing, each in a fresh
 * JVM.
 *
 * <pre>{@code
 * java -cp cli/target/elman.jar dev.elman.bench.MemoryBench SHAPES.csv 0,100 512m
 * }</pre>
 *
 * <p>The arguments: a file of lines {@code cell,T,B,D,H,layers}; steps between kept states, 0 to
 * keep everything; and a heap ({@code -Xmx}) in which each is tried as well. Peak memory is the
 * resident set of the process ({@code VmHWM} of Linux), the JVM's own included.
 */
public final class MemoryBench {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int ROUNDS = 3;
  private static final int OUT_OF_MEMORY = 3; // exit code of -XX:+ExitOnOutOfMemoryError

  private MemoryBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 3) {
      throw new IllegalArgumentException("Expected SHAPES.csv STEPS,... HEAP, got too little.");
    }
    Path file = Path.of(args[0]);
    if (args[1].equals("one")) {
      System.out.println(one(BenchShape.read(file).get(Integer.parseInt(args[2])), args[3]));
      return;
    }
    String row = "%-6s%7s%4s%5s%5s%8s%11s%10s%9s  %s%n";
    System.out.printf(
        row,
        "cell",
        "T",
        "B",
        "D",
        "H",
        "layers",
        "recompute",
        "seconds",
        "peak MB",
        "-Xmx" + args[2]);
    List<BenchShape> shapes = BenchShape.read(file);
    for (int i = 0; i < shapes.size(); i++) {
      for (String steps : args[1].split(",")) {
        BenchShape s = shapes.get(i);
        String[] free = fresh(file, i, steps);
        String[] narrow = fresh(file, i, steps, "-Xmx" + args[2]);
        System.out.printf(
            row,
            s.cell(),
            s.steps(),
            s.sequences(),
            s.inputs(),
            s.hidden(),
            s.layers(),
            steps,
            free[0],
            free[1],
            narrow[0].equals("-") ? "out of memory" : "trains");
      }
    }
  }

  /** The best time of a step after the first, and the peak memory, in this JVM. */
  private static String one(BenchShape shape, String recompute) throws IOException {
    double best = Double.POSITIVE_INFINITY;
    try (Threads threads = new Threads(1)) {
      StackModel model = new StackModel(shape, Integer.parseInt(recompute));
      BatchPass pass = new BatchPass(model, new FixedSource(shape), threads, 1);
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        pass.run(0, round);
        best = Math.min(best, (System.nanoTime() - start) * 1e-9);
      }
    }
    return String.format(Locale.ROOT, "%.2f %s", best, peak());
  }

  /** Megabytes; ? where the system does not say. */
  private static String peak() throws IOException {
    if (Files.exists(STATUS)) {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return Long.toString(Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1_000_000);
        }
      }
    }
    return "?";
  }

  /** What a fresh JVM prints for a shape; dashes when it runs out of memory. */
  private static String[] fresh(Path file, int shape, String recompute, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC"));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MemoryBench.class.getName(), file.toString(), "one"));
    command.addAll(List.of(Integer.toString(shape), recompute));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code = process.waitFor();
    if (code != 0 && code != OUT_OF_MEMORY) {
      throw new IOException("This command failed with exit code " + code + ": " + command);
    }
    return code == 0 ? printed.split(" ") : new String[] {"-", "-"};
  }
}
