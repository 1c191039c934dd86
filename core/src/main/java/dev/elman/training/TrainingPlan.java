package dev.elman.training;

import dev.elman.optimizers.Adam;
import dev.elman.optimizers.Clipping;
import dev.elman.optimizers.LearningRate;
import dev.elman.optimizers.Optimizer;
import dev.elman.tensor.Shape;

/**
 * How a model is trained.
 *
 * @param epochs how often the training data is read, at most
 * @param optimizer the rule that changes weights
 * @param learningRate of the first step (after warming up)
 * @param schedule what the learning rate becomes
 * @param clipping against gradients that are too large
 * @param patience after how many epochs without a better validation loss training stops; 0 for
 *     never
 * @param seed of shuffling and dropout
 * @param threads that work on a batch; the result does not depend on it
 */
public record TrainingPlan(
    int epochs,
    Optimizer optimizer,
    double learningRate,
    LearningRate schedule,
    Clipping clipping,
    int patience,
    long seed,
    int threads) {
  /** 20 epochs of Adam at 0.001, clipped to norm 1, without early stopping, on one thread. */
  public static final TrainingPlan DEFAULTS =
      new TrainingPlan(
          20, Adam.DEFAULTS, 0.001, LearningRate.CONSTANT, Clipping.byNorm(1), 0, 1, 1);

  /** Checks the numbers. */
  public TrainingPlan {
    Shape.positive("epochs", epochs);
    Shape.positive("threads", threads);
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "learning rate: expected above 0, got " + learningRate + ". Try 0.001.");
    }
    if (patience < 0) {
      throw new IllegalArgumentException(
          "patience: expected a number of epochs, or 0 for never, got " + patience + ".");
    }
  }

  public TrainingPlan withEpochs(int epochs) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads);
  }

  public TrainingPlan withOptimizer(Optimizer optimizer, double learningRate) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads);
  }

  public TrainingPlan withSchedule(LearningRate schedule) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads);
  }

  public TrainingPlan withClipping(Clipping clipping) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads);
  }

  public TrainingPlan withPatience(int patience) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads);
  }

  public TrainingPlan withSeed(long seed) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads);
  }

  public TrainingPlan withThreads(int threads) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads);
  }
}
