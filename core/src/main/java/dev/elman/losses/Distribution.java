package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;

/**
 * A probability distribution of a row of K targets, whose parameters are a row of predictions.
 *
 * <p>As a loss it is the negative log-likelihood in nats: its terms are rows, so that its mean is
 * nats a row. Cross-entropy is that of a {@link Categorical}, the squared error (but for constants)
 * that of a {@link Gaussian} of deviation 1 (Goodfellow, Bengio and Courville 2016, 10.2.3).
 */
public interface Distribution extends Loss {
  /** K, numbers in a row of targets; 1 for a code. */
  int columns();

  /** Numbers in a row of predictions. */
  int parameters();

  /**
   * The logarithm of the probability, or of its density, of one row of targets; in double
   * precision.
   *
   * @param predictions their first columns are the parameters
   * @param targets their first columns are the targets; codes may stand as numbers
   * @param row of both
   */
  double logProbability(Node predictions, Values targets, int row);

  /**
   * Adds the derivatives of {@code -blame·logProbability} by the parameters to the predictions'
   * gradient.
   */
  void addSlopes(Node predictions, Values targets, int row, float blame);

  /**
   * Draws a row of targets.
   *
   * @param parameters one row of predictions
   * @param temperature 1 for the distribution itself; below 1 bolder, above 1 more varied: logits
   *     are divided by it, deviations multiplied by its square root (Ha and Eck 2018)
   * @return K numbers
   */
  float[] draw(float[] parameters, double temperature, RandomStream random);

  /** The most likely row of targets, K numbers. */
  float[] mode(float[] parameters);

  /** The mean of a row of targets, K numbers; of codes the probability of each instead. */
  double[] mean(float[] parameters);

  @Override
  default Node sum(Tape tape, Node predictions, Values targets) {
    Rows.require(this, predictions, targets);
    Node loss = tape.node(1, 1, predictions.needsGradient());
    double sum = 0;
    for (int i = 0; i < predictions.rows(); i++) {
      sum -= logProbability(predictions, targets, i);
    }
    loss.value()[0] = (float) sum;
    tape.record(
        loss,
        () -> {
          for (int i = 0; i < predictions.rows(); i++) {
            addSlopes(predictions, targets, i, loss.gradient()[0]);
          }
        });
    return loss;
  }

  @Override
  default int terms(Node predictions, Values targets) {
    return predictions.rows();
  }
}
