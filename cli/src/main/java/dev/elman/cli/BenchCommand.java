package dev.elman.cli;

import dev.elman.bench.Bench;
import dev.elman.bench.BenchEngine;
import dev.elman.bench.BenchRequests;
import dev.elman.bench.BenchShape;
import dev.elman.bench.Timing;
import dev.elman.kernels.Kernels;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code elman bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Time recurrent layers, or the training of whole models, on the shapes of a CSV file; one CSV"
          + " line for each on the output.",
      "Lines of the file: cell,T,B,D,H,layers; any case, cells as in train --cell; # begins a"
          + " comment.",
      "Two further columns may follow: directions (1 or 2), lengths of sequences (equal, unequal).",
      "Of whole models D is the size of the vocabulary; speeds are tokens a second."
    },
    footer = {"", "Example:", "  elman bench --shapes bench/shapes.csv --threads 2 --mode train"})
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--shapes", paramLabel = "FILE.csv", description = "Shapes.")
  private Path shapes;

  @Option(
      names = "--on-request",
      description = {
        "In place of --shapes: read requests, a line each, and answer each by a line.",
        "'prepare MODE SHAPE': 'ready' and the operations (of whole models, the tokens) of a run,"
            + " or 'none' where this is not done; 'go': microseconds of a run, in one repetition."
      })
  private boolean onRequest;

  @Option(names = "--threads", defaultValue = "1", paramLabel = "N", description = "Default: 1.")
  private int threads;

  @Option(
      names = "--mode",
      split = ",",
      paramLabel = "MODE",
      description = {
        "Recurrent layers: infer, train or both (default: infer,train; infer with --quantize).",
        "A trainer's whole steps: language (a language model), classify (a classifier of texts,"
            + " where directions are 2)."
      })
  private List<Bench.Mode> modes;

  @Option(
      names = "--seconds",
      defaultValue = "0.5",
      paramLabel = "S",
      description = "The least that one of several repetitions lasts (default: 0.5).")
  private double seconds;

  @Option(
      names = "--quantize",
      paramLabel = "KIND",
      description = "Round the weights first: int8. For inference only.")
  private String quantize;

  @Option(
      names = "--recompute",
      defaultValue = "0",
      paramLabel = "STEPS",
      description = "As in train; 0 to keep everything (default).")
  private int recompute;

  @Override
  public Integer call() {
    checkOneWay();
    PrintWriter out = spec.commandLine().getOut();
    boolean rounded = quantize != null;
    if (rounded) {
      Choice.of("--quantize", quantize, ConvertCommand.PRECISIONS);
    }
    if (modes == null) {
      modes = rounded ? List.of(Bench.Mode.INFER) : List.of(Bench.Mode.INFER, Bench.Mode.TRAIN);
    }
    if (rounded && !modes.equals(List.of(Bench.Mode.INFER))) {
      throw new IllegalArgumentException(
          "Expected --mode infer with --quantize, found "
              + modes
              + ".\n"
              + "Likely cause: a quantized model is for use only.\n"
              + "Cure: leave --mode or --quantize away.");
    }
    spec.commandLine().getErr().println("kernels: " + Kernels.get().description());
    spec.commandLine().getErr().flush();
    Bench.Precision precision = rounded ? Bench.Precision.INT8 : Bench.Precision.FLOAT32;
    BenchEngine engine =
        new BenchEngine(precision, recompute, Choice.positive("--threads", threads, "1"));
    Timing timing = new Timing(seconds);
    Consumer<String> print =
        line -> {
          out.println(line);
          out.flush();
        };
    if (onRequest) {
      BufferedReader requests =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      return new BenchRequests(engine, timing).answer(requests, print) ? 0 : 1;
    }
    Bench.run(BenchShape.read(shapes), modes, engine, timing, print);
    return 0;
  }

  /** Shapes and modes come either by options or by requests. */
  private void checkOneWay() {
    if (onRequest == (shapes != null)) {
      throw new IllegalArgumentException(
          "Expected either --shapes or --on-request, found "
              + (onRequest ? "both" : "neither")
              + ".\nLikely cause: an option too "
              + (onRequest ? "many" : "few")
              + ".\nCure: name a file, as in --shapes bench/shapes.csv.");
    }
    if (onRequest && modes != null) {
      throw new IllegalArgumentException(
          "Expected no --mode with --on-request, found one.\n"
              + "Likely cause: each request names its mode.\n"
              + "Cure: leave --mode away.");
    }
  }
}
