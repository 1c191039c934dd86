package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;

/**
 * The length of a sequence, said before its rows, or a row: the last target is the length τ where
 * it is said and 0 in rows (Goodfellow, Bengio and Courville 2016, equation 10.34).
 *
 * <pre>{@code
 * log p(y, τ) = log p(τ) where τ > 0,  log p(y) where τ = 0
 * }</pre>
 *
 * <p>Parameters are those of the row, then a logit for each length. Which of both comes is no part
 * of the probability: the first step says the length, all others are rows. So a draw has both, for
 * the reader to take one.
 *
 * @param rows the distribution of a row
 * @param longest the lengths are 1 to this
 */
public record WithLength(Distribution rows, int longest) implements Distribution {
  /** Checks the longest length. */
  public WithLength {
    new Categorical(longest);
  }

  @Override
  public int columns() {
    return rows.columns() + 1;
  }

  @Override
  public int parameters() {
    return rows.parameters() + longest;
  }

  @Override
  public double logProbability(Node x, Values targets, int row) {
    int length = length(targets, row);
    if (length == 0) {
      return rows.logProbability(x, targets, row);
    }
    int at = row * x.columns() + rows.parameters();
    return x.value()[at + length - 1] - Rows.logSum(x.value(), at, longest);
  }

  /** {@code dx = softmax(x) - [τ]} where the length is said. */
  @Override
  public void addSlopes(Node x, Values targets, int row, float blame) {
    int length = length(targets, row);
    if (length == 0) {
      rows.addSlopes(x, targets, row, blame);
      return;
    }
    int at = row * x.columns() + rows.parameters();
    double logSum = Rows.logSum(x.value(), at, longest);
    for (int i = at; i < at + longest; i++) {
      x.gradient()[i] += blame * (float) Math.exp(x.value()[i] - logSum);
    }
    x.gradient()[at + length - 1] -= blame;
  }

  private int length(Values targets, int row) {
    Values.Numbers y = Rows.numbers(targets);
    float length = y.array()[row * y.columns() + rows.columns()];
    if (!(length >= 0 && length <= longest) || length != (int) length) {
      throw new IllegalArgumentException(
          "Length of a sequence: expected a whole number from 1 to "
              + longest
              + ", or 0 in its rows, got "
              + length
              + " in row "
              + row
              + ".");
    }
    return (int) length;
  }

  @Override
  public float[] draw(float[] parameters, double temperature, RandomStream random) {
    float[] drawn = rows.draw(ofRow(parameters), temperature, random);
    float[] logits = ofLength(parameters);
    return joined(drawn, 1 + new Categorical(longest).draw(logits, temperature, random)[0]);
  }

  @Override
  public float[] mode(float[] parameters) {
    float[] row = rows.mode(ofRow(parameters));
    return joined(row, 1 + new Categorical(longest).mode(ofLength(parameters))[0]);
  }

  /** That of the row, then the mean length. */
  @Override
  public double[] mean(float[] parameters) {
    double[] row = rows.mean(ofRow(parameters));
    double[] probabilities = new Categorical(longest).mean(ofLength(parameters));
    double[] mean = Arrays.copyOf(row, row.length + 1);
    for (int i = 0; i < longest; i++) {
      mean[row.length] += (i + 1) * probabilities[i];
    }
    return mean;
  }

  private float[] ofRow(float... parameters) {
    Rows.require(this, parameters);
    return Arrays.copyOf(parameters, rows.parameters());
  }

  private float[] ofLength(float... parameters) {
    return Arrays.copyOfRange(parameters, rows.parameters(), parameters.length);
  }

  private static float[] joined(float[] row, float length) {
    float[] all = Arrays.copyOf(row, row.length + 1);
    all[row.length] = length;
    return all;
  }

  @Override
  public String toString() {
    return rows + ", or a length up to " + longest;
  }
}
