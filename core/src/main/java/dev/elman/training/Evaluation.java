package dev.elman.training;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.losses.Loss;
import dev.elman.models.Model;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model predicts for data that it is not trained on.
 *
 * <p>Threads take a batch each; or share one, where it needs the state that the batch before left.
 * The bits are the same with any number of them.
 */
public final class Evaluation {
  private Evaluation() {}

  /** The mean of the model's measure over all terms of a source, without dropout. */
  public static double meanLoss(Model model, Source source, Threads threads) {
    return run(model, source, threads, (batch, predictions) -> {});
  }

  /**
   * The mean of the model's loss over some batches of a source, evenly apart, without dropout.
   *
   * @param most batches
   */
  static double sampleLoss(Model model, Source source, Threads threads, int most) {
    int all = source.batches();
    int count = Math.min(most, all);
    int[] batches = IntStream.range(0, count).map(i -> (int) ((long) i * all / count)).toArray();
    List<ShardPass> passes = passes(model, source, model.loss(), threads, count);
    return run(passes, batches, threads, (batch, predictions) -> {});
  }

  /**
   * Predicts all batches and hands each to a reader, in order and on the caller's thread.
   *
   * @return the mean of the model's measure
   */
  public static double run(Model model, Source source, Threads threads, Reader reader) {
    int[] batches = IntStream.range(0, source.batches()).toArray();
    List<ShardPass> passes = passes(model, source, model.measure(), threads, batches.length);
    return run(passes, batches, threads, reader);
  }

  /** As many as can run side by side. */
  private static List<ShardPass> passes(
      Model model, Source source, Loss loss, Threads threads, int batches) {
    int count = source.continues() ? 1 : Math.min(threads.count(), batches);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Tape tape = Tape.inference(Kernels.get());
              tape.threads(threads.team(i, count));
              return new ShardPass(model, source, loss, tape);
            })
        .toList();
  }

  private static double run(List<ShardPass> passes, int[] batches, Threads threads, Reader reader) {
    double sum = 0;
    long terms = 0;
    for (int from = 0; from < batches.length; from += passes.size()) {
      int first = from;
      int count = Math.min(passes.size(), batches.length - first);
      threads.each(count, i -> passes.get(i).run(batches[first + i], Shard.WHOLE, null));
      for (ShardPass pass : passes.subList(0, count)) {
        sum += pass.lossSum();
        terms += pass.terms();
        reader.read(pass.batch(), pass.predictions());
      }
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
