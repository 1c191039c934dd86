package dev.elman.optimizers;

import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.List;

/**
 * A rule that changes weights by their gradients.
 *
 * <p>It holds settings only; what it remembers between steps is an {@link OptimizerState}.
 */
public interface Optimizer {
  /** The name on the command line and in files. */
  String name();

  /** What it remembers for each number, by PyTorch's names, such as {@code exp_avg}. */
  List<String> slots();

  /**
   * Changes one weight.
   *
   * @param step which step this is, from 1
   * @param rate the learning rate of this step
   * @param w the weight's numbers, changed in place
   * @param g the gradient
   * @param slots one array for each of {@link #slots}, changed in place
   */
  void change(long step, double rate, float[] w, float[] g, float[][] slots);

  /**
   * Changes all weights and counts the step.
   *
   * @param gradients one array for each weight, in order
   * @throws IllegalArgumentException when their number or a length is another; nothing is changed
   */
  default void step(
      Weights weights, List<float[]> gradients, OptimizerState state, double learningRate) {
    List<Weight> all = weights.list();
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
    long step = state.nextStep();
    int i = 0;
    for (Weight weight : weights) {
      float[] gradient = gradients.get(i);
      float[][] slots = state.of(i++);
      weight.update(values -> change(step, learningRate, values, gradient, slots));
    }
  }
}
