package dev.elman.training;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.kernels.Kernels;
import dev.elman.models.Model;

/** What a model predicts for data that it is not trained on. */
public final class Evaluation {
  private Evaluation() {}

  /** The mean of the model's measure over all terms of a source, without dropout. */
  public static double meanLoss(Model model, Source source) {
    return run(model, source, (batch, predictions) -> {});
  }

  /**
   * The mean of the model's loss over some batches of a source, evenly apart, without dropout.
   *
   * @param most batches
   */
  static double sampleLoss(Model model, Source source, int most) {
    ShardPass pass = new ShardPass(model, source, model.loss(), Tape.inference(Kernels.get()));
    int count = Math.min(most, source.batches());
    double sum = 0;
    long terms = 0;
    for (int i = 0; i < count; i++) {
      pass.run((int) ((long) i * source.batches() / count), Shard.WHOLE, null);
      sum += pass.lossSum();
      terms += pass.terms();
    }
    return sum / terms;
  }

  /**
   * Predicts all batches, in order, and hands each to a reader.
   *
   * @return the mean of the model's measure
   */
  public static double run(Model model, Source source, Reader reader) {
    Tape tape = Tape.inference(Kernels.get());
    ShardPass pass = new ShardPass(model, source, model.measure(), tape);
    double sum = 0;
    long terms = 0;
    for (int b = 0; b < source.batches(); b++) {
      pass.run(b, Shard.WHOLE, null);
      sum += pass.lossSum();
      terms += pass.terms();
      reader.read(pass.batch(), pass.predictions());
    }
    return sum / terms;
  }

  /** Takes the predictions of a batch while they are valid. */
  @FunctionalInterface
  public interface Reader {
    /**
     * One batch.
     *
     * @param batch inputs and targets
     * @param predictions as {@link Model#forward} gives them
     */
    void read(Batch batch, Node predictions);
  }
}
