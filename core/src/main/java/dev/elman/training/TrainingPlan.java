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
 * @param curriculum E: epoch e of the first E reads the shorter sequences alone, a share e/E of all
 *     (Bengio, Louradour, Collobert and Weston 2009; {@code Source.shorter}); 0 for all from the
 *     start
 */
public record TrainingPlan(
    int epochs,
    Optimizer optimizer,
    double learningRate,
    LearningRate schedule,
    Clipping clipping,
    int patience,
    long seed,
    int threads,
    int curriculum) {
  /** 20 epochs of Adam at 0.001, clipped to norm 1, without early stopping, on one thread. */
  public static final TrainingPlan DEFAULTS =
      new TrainingPlan(
          20, Adam.DEFAULTS, 0.001, LearningRate.CONSTANT, Clipping.byNorm(1), 0, 1, 1, 0);

  /** A plan without a curriculum. */
  public TrainingPlan(
      int epochs,
      Optimizer optimizer,
      double learningRate,
      LearningRate schedule,
      Clipping clipping,
      int patience,
      long seed,
      int threads) {
    this(epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, 0);
  }

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
    if (curriculum < 0 || curriculum > epochs) {
      throw new IllegalArgumentException(
          "Expected a curriculum of at most the "
              + epochs
              + " epochs (--epochs), or 0 for none, found "
              + curriculum
              + ".\nLikely cause: the longest sequences would never be learned from."
              + "\nCure: try --curriculum "
              + Math.max(1, epochs / 3)
              + ", or more epochs.");
    }
  }

  public TrainingPlan withEpochs(int epochs) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, curriculum);
  }

  public TrainingPlan withOptimizer(Optimizer optimizer, double learningRate) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, curriculum);
  }

  public TrainingPlan withSchedule(LearningRate schedule) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, curriculum);
  }

  public TrainingPlan withClipping(Clipping clipping) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, curriculum);
  }

  public TrainingPlan withPatience(int patience) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, curriculum);
  }

  public TrainingPlan withSeed(long seed) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, curriculum);
  }

  public TrainingPlan withThreads(int threads) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, curriculum);
  }

  public TrainingPlan withCurriculum(int curriculum) {
    return new TrainingPlan(
        epochs, optimizer, learningRate, schedule, clipping, patience, seed, threads, curriculum);
  }

  /** The share of the sequences that is read in an epoch, counted from 0. */
  double share(int epoch) {
    return epoch < curriculum ? (epoch + 1) / (double) curriculum : 1;
  }
}
