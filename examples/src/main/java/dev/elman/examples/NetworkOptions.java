package dev.elman.examples;

import dev.elman.kernels.Threads;
import dev.elman.layers.RecurrentStack;
import dev.elman.training.TrainingPlan;
import picocli.CommandLine.Mixin;

/** The options of examples that train one recurrent network: which, and how. */
public final class NetworkOptions {
  @Mixin private final CellOptions network;
  @Mixin private final LearningOptions learning;

  /** Options with these defaults; batches of 32. */
  public NetworkOptions(String cell, int hidden, int epochs, double learningRate) {
    network = new CellOptions(cell, hidden);
    learning = new LearningOptions(epochs, learningRate);
  }

  /** The same, another size of batches being the default. */
  public NetworkOptions withBatch(int sequences) {
    learning.withBatch(sequences);
    return this;
  }

  /** The network, of one layer that reads forwards. */
  public RecurrentStack recurrent() {
    return network.recurrent();
  }

  /** Adam, its learning rate falling along a cosine. */
  public TrainingPlan plan() {
    return learning.plan();
  }

  public int batch() {
    return learning.batch();
  }

  public long seed() {
    return learning.seed();
  }

  /** As many threads as asked for, to be closed. */
  public Threads threads() {
    return learning.threads();
  }
}
