package dev.elman.bench;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.kernels.Kernels;
import dev.elman.models.Quantization;
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

  /** What the weights are. */
  public enum Precision {
    /** As they are trained. */
    FLOAT32("elman"),
    /** Rounded, for inference only. */
    INT8("elman-int8");

    private final String engine;

    Precision(String engine) {
      this.engine = engine;
    }
  }

  /** Times all shapes and tells each result line, the header first; one step is not trained. */
  public static void run(
      List<BenchShape> shapes,
      List<Mode> modes,
      Precision precision,
      int threads,
      Timing timing,
      Consumer<String> line) {
    line.accept(
        "engine,mode,threads," + BenchShape.heading(shapes) + ",microseconds,gflops_per_second");
    for (BenchShape shape : shapes) {
      for (Mode mode : modes) {
        if (mode == Mode.INFER || shape.steps() > 1) {
          line.accept(time(shape, mode, precision, threads, timing));
        }
      }
    }
  }

  private static String time(
      BenchShape shape, Mode mode, Precision precision, int count, Timing timing) {
    try (Threads threads = new Threads(count)) {
      StackModel model = new StackModel(shape);
      if (precision == Precision.INT8) {
        Quantization.int8(model);
      }
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
      double seconds = timing.of(work);
      return String.format(
          Locale.ROOT,
          "%s,%s,%d,%s,%.2f,%.2f",
          precision.engine,
          mode.name().toLowerCase(Locale.ROOT),
          count,
          shape.columns(),
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
}
