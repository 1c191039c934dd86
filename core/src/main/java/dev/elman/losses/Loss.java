package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;

/**
 * How wrong predictions are, as one number.
 *
 * <p>It is a sum over terms: training divides by the number of terms of the whole batch, however
 * the batch was cut into shards.
 */
public interface Loss {
  /**
   * The sum over all terms, {@code [1, 1]}.
   *
   * @param predictions {@code [N, V]}
   * @param targets one row for each row of predictions
   */
  Node sum(Tape tape, Node predictions, Values targets);

  /** Over how many terms {@link #sum} adds up: its mean is {@code sum / terms}. */
  int terms(Node predictions, Values targets);
}
