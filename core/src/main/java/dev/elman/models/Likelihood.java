package dev.elman.models;

import dev.elman.batches.Values;

/** A model that gives a whole sequence its exact probability, by the chain rule. */
public interface Likelihood {
  /**
   * The logarithm of the probability, or density, of each of a sequence's parts given all before,
   * in nats.
   */
  double[] logProbabilities(Values sequence);

  /** {@code log P(x_1 .. x_T) = Σ_t log P(x_t | x_1 .. x_t-1)}, in double precision. */
  default double logProbability(Values sequence) {
    double sum = 0;
    for (double part : logProbabilities(sequence)) {
      sum += part;
    }
    return sum;
  }
}
