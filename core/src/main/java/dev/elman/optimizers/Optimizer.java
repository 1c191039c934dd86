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
   */
  default void step(
      Weights weights, List<float[]> gradients, OptimizerState state, double learningRate) {
    long step = state.nextStep();
    int i = 0;
    for (Weight weight : weights) {
      float[] gradient = gradients.get(i);
      float[][] slots = state.of(i++);
      weight.update(values -> change(step, learningRate, values, gradient, slots));
    }
  }
}
