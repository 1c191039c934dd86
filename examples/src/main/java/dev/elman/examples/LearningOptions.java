package dev.elman.examples;

import dev.elman.kernels.Threads;
import dev.elman.optimizers.LearningRate;
import dev.elman.training.TrainingPlan;
import picocli.CommandLine.Option;

/** The options that say how an example trains. */
public final class LearningOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Readings of the data (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Sequences learned from at a time (default: ${DEFAULT-VALUE}).")
  private int batch = 32;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Of the first step; falls to 1 %% along a cosine (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "The result does not depend on it (default: ${DEFAULT-VALUE}, all cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** Options with these defaults; batches of 32. */
  public LearningOptions(int epochs, double learningRate) {
    this.epochs = epochs;
    this.learningRate = learningRate;
  }

  /** The same, another size of batches being the default. */
  public LearningOptions withBatch(int sequences) {
    batch = sequences;
    return this;
  }

  /** Adam, its learning rate falling along a cosine. */
  public TrainingPlan plan() {
    return TrainingPlan.DEFAULTS
        .withEpochs(epochs)
        .withOptimizer(TrainingPlan.DEFAULTS.optimizer(), learningRate)
        .withSchedule(LearningRate.COSINE)
        .withSeed(seed)
        .withThreads(threads);
  }

  public int batch() {
    return batch;
  }

  public long seed() {
    return seed;
  }

  /** As many threads as asked for, to be closed. */
  public Threads threads() {
    return new Threads(threads);
  }
}
