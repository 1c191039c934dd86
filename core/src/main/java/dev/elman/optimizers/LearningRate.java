package dev.elman.optimizers;

import dev.elman.tensor.Shape;

/** The learning rate of each step of a training, as a share of the first. */
@FunctionalInterface
public interface LearningRate {
  /** Always the same. */
  LearningRate CONSTANT = (step, total) -> 1;

  /** Falls along half a cosine to 1 % (PyTorch's {@code CosineAnnealingLR}). */
  LearningRate COSINE = cosine(0.01);

  /**
   * The factor of a step.
   *
   * @param step from 0
   * @param total how many steps the whole training has
   */
  double factor(long step, long total);

  /**
   * Falls along half a cosine from 1 at step 0 to a share, which the step after the last would have
   * (Loshchilov and Hutter 2017; PyTorch's {@code CosineAnnealingLR}).
   */
  static LearningRate cosine(double end) {
    return (step, total) ->
        end + (1 - end) * (1 + StrictMath.cos(Math.PI * step / Math.max(1, total))) / 2;
  }

  /** Is multiplied by a factor every so many steps (PyTorch's {@code StepLR}). */
  static LearningRate steps(long every, double by) {
    Shape.positive("steps between changes", (int) Math.min(every, Integer.MAX_VALUE));
    return (step, total) -> StrictMath.pow(by, step / every);
  }

  /** This, after rising evenly from 1/n over the first n steps. */
  default LearningRate afterWarmUp(long n) {
    return (step, total) ->
        step < n ? (step + 1) / (double) n : factor(step - n, Math.max(1, total - n));
  }
}
