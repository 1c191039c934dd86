package dev.elman.optimizers;

import dev.elman.kernels.Threads;
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
   * Changes some numbers of one weight, from {@code from} to {@code to - 1}; several threads may
   * change others at the same time.
   *
   * @param step which step this is, from 1
   * @param rate the learning rate of this step
   * @param w the weight's numbers, changed in place
   * @param g the gradient, to be read only
   * @param slots one array for each of {@link #slots}, changed in place
   */
  void change(long step, double rate, float[] w, float[] g, float[][] slots, int from, int to);

  /**
   * Changes all weights and counts the step.
   *
   * @param gradients one array for each weight, in order
   * @throws IllegalArgumentException when their number or a length is another; nothing is changed
   */
  default void step(
      Weights weights, List<float[]> gradients, OptimizerState state, double learningRate) {
    new Update(this, Clipping.NONE, Threads.ONE).step(weights, gradients, 0, state, learningRate);
  }
}
