package dev.elman.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Times recurrent layers, and whole models on symbols, on the shapes of a file. */
public final class Bench {
  private Bench() {}

  /** What is timed. */
  public enum Mode {
    /** Recurrent layers: whole sequences, no gradient. */
    INFER(1),
    /**
     * Recurrent layers: forward, loss = sum of outputs, backward, and the sum of all shards'
     * gradients. The weights count as changed before every run, so that packing them anew is in the
     * time.
     */
    TRAIN(3),
    /**
     * A step of {@link dev.elman.training.Trainer} on a language model: embedding as wide as the
     * layers, dense layer, cross-entropy; truncated backpropagation with the state carried over,
     * gradients clipped to norm 1, Adam.
     */
    LANGUAGE(0),
    /** The same on a classifier of texts with two labels, which reads both ways. */
    CLASSIFY(0);

    private final int times; // that the operations of a forward run count

    Mode(int times) {
      this.times = times;
    }

    /**
     * By its name in lower case.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Mode of(String word) {
      for (Mode mode : values()) {
        if (mode.name().equalsIgnoreCase(word)) {
          return mode;
        }
      }
      throw new IllegalArgumentException(
          "Expected a mode, infer, train, language or classify, found '" + word + "'.");
    }

    /** Whether models of symbols are trained; their amount is tokens, else it is operations. */
    boolean wholeModels() {
      return times == 0;
    }

    /** Of one run. */
    double amount(BenchShape shape) {
      return wholeModels() ? shape.tokens() : times * shape.work();
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

  /**
   * Times all shapes and tells each result line, the header first; what {@link BenchEngine#does}
   * not is left out.
   *
   * @throws IllegalArgumentException when speeds would be in two units
   */
  public static void run(
      List<BenchShape> shapes,
      List<Mode> modes,
      BenchEngine engine,
      Timing timing,
      Consumer<String> line) {
    boolean whole = modes.stream().anyMatch(Mode::wholeModels);
    if (whole && !modes.stream().allMatch(Mode::wholeModels)) {
      throw new IllegalArgumentException(
          "Expected modes of layers (infer, train) or of whole models (language, classify), found "
              + modes
              + ".\nLikely cause: their speeds are in different units.\nCure: time them apart.");
    }
    line.accept(
        "engine,mode,threads,"
            + BenchShape.heading(shapes)
            + ",microseconds,"
            + (whole ? "tokens" : "gflops")
            + "_per_second");
    for (BenchShape shape : shapes) {
      for (Mode mode : modes) {
        if (engine.does(mode, shape)) {
          line.accept(time(shape, mode, engine, timing));
        }
      }
    }
  }

  private static String time(BenchShape shape, Mode mode, BenchEngine engine, Timing timing) {
    try (BenchWork work = new BenchWork(shape, mode, engine)) {
      double seconds = timing.of(work);
      return String.format(
          Locale.ROOT,
          "%s,%s,%d,%s,%.2f,%.2f",
          engine.name(),
          mode.name().toLowerCase(Locale.ROOT),
          engine.threads(),
          shape.columns(),
          seconds * 1e6,
          work.amount() / seconds * (mode.wholeModels() ? 1 : 1e-9));
    }
  }
}
