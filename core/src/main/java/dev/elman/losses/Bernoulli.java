package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;

/**
 * K independent targets, each 0 or 1, such as the keys of a chord; parameters are logits {@code
 * [K]}.
 *
 * <pre>{@code
 * log p(y) = Σ_k  y_k·log σ(x_k) + (1 - y_k)·log σ(-x_k)
 * }</pre>
 *
 * @param columns K
 */
public record Bernoulli(int columns) implements Distribution {
  /** Checks K. */
  public Bernoulli {
    Shape.positive("columns", columns);
  }

  @Override
  public int parameters() {
    return columns;
  }

  @Override
  public double logProbability(Node x, Values targets, int row) {
    Values.Numbers y = Rows.numbers(targets);
    int at = row * x.columns();
    int from = row * y.columns();
    double sum = 0;
    for (int k = 0; k < columns; k++) {
      sum -= PointLoss.BERNOULLI.at(x.value()[at + k], y.array()[from + k]);
    }
    return sum;
  }

  /** {@code dx = σ(x) - y}. */
  @Override
  public void addSlopes(Node x, Values targets, int row, float blame) {
    Values.Numbers y = Rows.numbers(targets);
    int at = row * x.columns();
    int from = row * y.columns();
    for (int k = 0; k < columns; k++) {
      double slope = PointLoss.BERNOULLI.slope(x.value()[at + k], y.array()[from + k]);
      x.gradient()[at + k] += blame * (float) slope;
    }
  }

  @Override
  public Node sum(Tape tape, Node logits, Values targets) {
    return PointLoss.BERNOULLI.sum(tape, logits, targets);
  }

  @Override
  public float[] draw(float[] logits, double temperature, RandomStream random) {
    Rows.require(this, logits);
    Rows.temperature(temperature);
    float[] drawn = new float[columns];
    for (int k = 0; k < columns; k++) {
      double p = 1 / (1 + StrictMath.exp(-logits[k] / temperature));
      drawn[k] = random.nextDouble() < p ? 1 : 0;
    }
    return drawn;
  }

  @Override
  public float[] mode(float[] logits) {
    Rows.require(this, logits);
    float[] mode = new float[columns];
    for (int k = 0; k < columns; k++) {
      mode[k] = logits[k] > 0 ? 1 : 0;
    }
    return mode;
  }

  @Override
  public double[] mean(float[] logits) {
    Rows.require(this, logits);
    double[] mean = new double[columns];
    for (int k = 0; k < columns; k++) {
      mean[k] = 1 / (1 + Math.exp(-logits[k]));
    }
    return mean;
  }

  @Override
  public String toString() {
    return "Bernoulli of " + columns;
  }
}
