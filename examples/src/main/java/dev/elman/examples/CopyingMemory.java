package dev.elman.examples;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.tensor.RandomStream;
import dev.elman.training.Evaluation;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The copying memory task (Hochreiter and Schmidhuber 1997; as in Arjovsky, Shah and Bengio 2016):
 * some symbols are read, then blanks for as many steps as the lag, then a sign, after which the
 * symbols are to be said again in their order.
 *
 * <p>A model that remembers nothing does best by saying blanks, then each of the 8 symbols with
 * equal probability: {@link #floor}.
 */
public final class CopyingMemory {
  private static final int SYMBOLS = 8;
  private static final int BLANK = 8;
  private static final int SIGN = 9;

  private final int kept;
  private final int lag;

  /**
   * The task.
   *
   * @param kept how many symbols are to be remembered
   * @param lag blanks between reading and saying them, from 1
   */
  public CopyingMemory(int kept, int lag) {
    this.kept = kept;
    this.lag = lag;
  }

  /** Learns to copy five symbols and prints how well. */
  public static void main(String[] args) {
    CopyingMemory task = new CopyingMemory(5, 20);
    System.out.printf(Locale.ROOT, "remembering nothing: %.4f nats a step%n", task.floor());
    System.out.printf(Locale.ROOT, "a GRU of 64 units:   %.4f%n", task.learned("gru", 20));
  }

  /** The loss of a model without memory, in nats a step: kept·ln 8 / (lag + 2·kept). */
  public double floor() {
    return kept * Math.log(SYMBOLS) / (lag + 2 * kept);
  }

  /** Trains a network of 64 units and returns its loss on sequences that it has not seen. */
  public double learned(String cell, int epochs) {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell(cell);
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(SIGN + 1, 16, LanguageModel.Output.OWN, 0, recurrent), 1);
    TrainingPlan plan =
        TrainingPlan.DEFAULTS
            .withEpochs(epochs)
            .withOptimizer(TrainingPlan.DEFAULTS.optimizer(), 0.005);
    try (Trainer trainer = new Trainer(model, plan, sequences(3200, 1), null, List.of())) {
      trainer.run();
    }
    return Evaluation.meanLoss(model, sequences(320, 2), Threads.ONE);
  }

  /** Sequences to learn from, or to test with under another seed. */
  public SequenceSource sequences(int count, long seed) {
    RandomStream random = RandomStream.of(seed, "copying memory");
    List<Values> inputs = new ArrayList<>();
    List<Values> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] read = new int[lag + 2 * kept];
      int[] said = new int[read.length];
      Arrays.fill(read, BLANK);
      Arrays.fill(said, BLANK);
      read[kept + lag - 1] = SIGN;
      for (int k = 0; k < kept; k++) {
        read[k] = random.nextInt(SYMBOLS);
        said[kept + lag + k] = read[k];
      }
      inputs.add(Values.Codes.of(read));
      targets.add(Values.Codes.of(said));
    }
    return SequenceSource.tagged(inputs, targets, 32);
  }
}
