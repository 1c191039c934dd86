package dev.elman.bench;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.kernels.Kernels;
import dev.elman.training.BatchPass;
import dev.elman.training.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Times recurrent layers: whole sequences forwards (infer), or forwards, backwards and the sum of
 * all shards' gradients (train). For training the weights count as changed before every run, so
 * that packing them anew is in the time.
 */
public final class Bench {
  /** The columns of a result line. */
  public static final String HEADER =
      "engine,mode,threads,cell,T,B,D,H,layers,microseconds,gflops_per_second";

  private static final double AT_LEAST = 0.5; // seconds in one measurement
  private static final int REPETITIONS = 4;

  private Bench() {}

  /** What is timed. */
  public enum Mode {
    /** Whole sequences, no gradient. */
    INFER(1),
    /** Forward, loss = sum of outputs, backward. */
    TRAIN(3);

    private final int times;

    Mode(int times) {
      this.times = times;
    }
  }

  /** Times all shapes and tells each result line, the header first. */
  public static void run(
      List<BenchShape> shapes, List<Mode> modes, int threads, Consumer<String> line) {
    line.accept(HEADER);
    for (BenchShape shape : shapes) {
      for (Mode mode : modes) {
        if (mode == Mode.INFER || shape.steps() > 1) {
          line.accept(time(shape, mode, threads));
        }
      }
    }
  }

  private static String time(BenchShape shape, Mode mode, int count) {
    try (Threads threads = new Threads(count)) {
      StackModel model = new StackModel(shape);
      FixedSource source = new FixedSource(shape);
      Runnable work;
      if (mode == Mode.TRAIN) {
        BatchPass pass = new BatchPass(model, source, threads, 1);
        work =
            () -> {
              model.weights().forEach(weight -> weight.update(values -> {})); // as after a step
              pass.run(0, 0);
            };
      } else {
        work = inference(model, source, threads);
      }
      double seconds = seconds(work);
      return String.format(
          Locale.ROOT,
          "elman,%s,%d,%s,%d,%d,%d,%d,%d,%.2f,%.2f",
          mode.name().toLowerCase(Locale.ROOT),
          count,
          shape.cell(),
          shape.steps(),
          shape.sequences(),
          shape.inputs(),
          shape.hidden(),
          shape.layers(),
          seconds * 1e6,
          mode.times * shape.work() / seconds * 1e-9);
    }
  }

  private static Runnable inference(StackModel model, FixedSource source, Threads threads) {
    int shards = threads.count() == 1 ? 1 : Shard.count(source.sequences(0));
    List<Tape> tapes = new ArrayList<>();
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      tapes.add(Tape.inference(Kernels.get()));
      batches.add(source.blank());
      source.fill(0, new Shard(i, shards), batches.get(i));
    }
    return () ->
        threads.each(
            shards,
            i -> {
              Tape tape = tapes.get(i);
              Batch batch = batches.get(i);
              tape.reset();
              model.forward(
                  tape,
                  batch.packing(),
                  batch.inputs(),
                  model.zeroState(tape, batch.packing().sequences()));
            });
  }

  /** The best of several repetitions, each at least half a second long. */
  private static double seconds(Runnable work) {
    work.run();
    work.run();
    int n = 1;
    double took = measure(work, n);
    while (took < AT_LEAST) {
      n = Math.max(2 * n, (int) (n * AT_LEAST / Math.max(took, 1e-9)) + 1);
      took = measure(work, n);
    }
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPETITIONS; i++) {
      best = Math.min(best, measure(work, n) / n);
    }
    return best;
  }

  private static double measure(Runnable work, int n) {
    long start = System.nanoTime();
    for (int i = 0; i < n; i++) {
      work.run();
    }
    return (System.nanoTime() - start) * 1e-9;
  }
}
