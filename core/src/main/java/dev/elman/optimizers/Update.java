package dev.elman.optimizers;

import dev.elman.kernels.Pieces;
import dev.elman.kernels.Threads;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.List;

/**
 * The way from gradients to new weights: clipped and applied piece by piece, while a piece is in
 * cache, by several threads. The bits are the same with any number of them.
 *
 * @param optimizer the rule
 * @param clipping what is done to gradients before
 * @param threads who shares the work
 */
public record Update(Optimizer optimizer, Clipping clipping, Threads threads) {
  /**
   * Changes all weights and counts the step.
   *
   * @param gradients one array for each weight, in order; clipped in place
   * @param norm their global norm
   * @throws IllegalArgumentException when their number or a length is another; nothing is changed
   * @throws IllegalStateException when a weight was rounded to int8; nothing is changed
   */
  public void step(
      Weights weights, List<float[]> gradients, double norm, OptimizerState state, double rate) {
    List<Weight> all = weights.list();
    requireFitting(all, gradients);
    weights.update(
        () -> {
          long step = state.nextStep();
          new Pieces(all.stream().mapToInt(Weight::size).toArray())
              .each(
                  threads,
                  (piece, i, from, to) -> {
                    if (!all.get(i).isTrained()) { // no decay either
                      return;
                    }
                    float[] w = all.get(i).values();
                    float[] g = gradients.get(i);
                    clipping.clip(norm, g, from, to);
                    optimizer.change(step, rate, w, g, state.of(i), from, to);
                  });
        });
  }

  private static void requireFitting(List<Weight> all, List<float[]> gradients) {
    if (gradients.size() != all.size()) {
      throw new IllegalArgumentException(
          "gradients: expected "
              + all.size()
              + ", one for each weight, got "
              + gradients.size()
              + ". Do they belong to another model?");
    }
    for (int i = 0; i < all.size(); i++) {
      if (gradients.get(i).length != all.get(i).size()) {
        throw new IllegalArgumentException(
            "gradient of "
                + all.get(i).name()
                + ": expected "
                + all.get(i).size()
                + " numbers, got "
                + gradients.get(i).length
                + ". Are the gradients in the order of the weights?");
      }
    }
  }
}
