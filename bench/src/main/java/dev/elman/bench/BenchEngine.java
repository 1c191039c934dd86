package dev.elman.bench;

import dev.elman.layers.RecurrentStack;
import java.util.Locale;

/**
 * Elman as it is timed.
 *
 * @param precision of the weights
 * @param recompute after how many steps the state is kept in training while the rest is computed
 *     again; 0 to keep everything
 * @param threads that work at once
 */
public record BenchEngine(Bench.Precision precision, int recompute, int threads) {
  /** The name in results. */
  String name() {
    return precision.engine() + (recompute == 0 ? "" : "-recompute-" + recompute);
  }

  /**
   * Whether it does that: one step is not trained, nor are rounded weights; a language model reads
   * forwards only, and shapes that read both ways are classifiers, for which nothing is recomputed.
   */
  boolean does(Bench.Mode mode, BenchShape shape) {
    boolean trains = precision == Bench.Precision.FLOAT32 && shape.steps() > 1;
    boolean both = shape.directions() == RecurrentStack.Directions.BOTH;
    return switch (mode) {
      case INFER -> true;
      case TRAIN -> trains && !(both && recompute > 0);
      case LANGUAGE -> trains && !both;
      case CLASSIFY -> trains && both && recompute == 0;
    };
  }

  /** The recurrent layers of a shape. */
  RecurrentStack layers(BenchShape shape) {
    return RecurrentStack.DEFAULTS
        .withCell(shape.cell().toLowerCase(Locale.ROOT))
        .withHidden(shape.hidden())
        .withLayers(shape.layers())
        .withDirections(shape.directions())
        .withRecompute(recompute);
  }
}
