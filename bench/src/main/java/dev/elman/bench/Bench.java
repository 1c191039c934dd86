package dev.elman.bench;

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

    /** How many times the operations of a forward run count. */
    int times() {
      return times;
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

    /** The name in results. */
    String engine() {
      return engine;
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
        if (BenchWork.isDone(shape, mode, precision)) {
          line.accept(time(shape, mode, precision, threads, timing));
        }
      }
    }
  }

  private static String time(
      BenchShape shape, Mode mode, Precision precision, int threads, Timing timing) {
    try (BenchWork work = new BenchWork(shape, mode, precision, threads)) {
      double seconds = timing.of(work);
      return String.format(
          Locale.ROOT,
          "%s,%s,%d,%s,%.2f,%.2f",
          precision.engine(),
          mode.name().toLowerCase(Locale.ROOT),
          threads,
          shape.columns(),
          seconds * 1e6,
          work.operations() / seconds * 1e-9);
    }
  }
}
