package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;

/**
 * A row and whether it is the last of its sequence: one more target, 0 or 1, and one more
 * parameter, its logit (a Bernoulli output at each step; Goodfellow, Bengio and Courville 2016,
 * 10.2.3).
 *
 * <pre>{@code
 * log p(y, stop) = log p(y) + log p(stop)
 * }</pre>
 *
 * @param rows the distribution of the row
 */
public record WithStop(Distribution rows) implements Distribution {
  @Override
  public int columns() {
    return rows.columns() + 1;
  }

  @Override
  public int parameters() {
    return rows.parameters() + 1;
  }

  @Override
  public double logProbability(Node x, Values targets, int row) {
    float logit = x.value()[row * x.columns() + rows.parameters()];
    return rows.logProbability(x, targets, row) - PointLoss.BERNOULLI.at(logit, stop(targets, row));
  }

  @Override
  public void addSlopes(Node x, Values targets, int row, float blame) {
    rows.addSlopes(x, targets, row, blame);
    int at = row * x.columns() + rows.parameters();
    double slope = PointLoss.BERNOULLI.slope(x.value()[at], stop(targets, row));
    x.gradient()[at] += blame * (float) slope;
  }

  private float stop(Values targets, int row) {
    Values.Numbers y = Rows.numbers(targets);
    return y.array()[row * y.columns() + rows.columns()];
  }

  @Override
  public float[] draw(float[] parameters, double temperature, RandomStream random) {
    float[] drawn = rows.draw(ofRow(parameters), temperature, random);
    return joined(drawn, new Bernoulli(1).draw(ofStop(parameters), temperature, random)[0]);
  }

  @Override
  public float[] mode(float[] parameters) {
    return joined(rows.mode(ofRow(parameters)), new Bernoulli(1).mode(ofStop(parameters))[0]);
  }

  /** That of the row, then the probability that it is the last. */
  @Override
  public double[] mean(float[] parameters) {
    double[] row = rows.mean(ofRow(parameters));
    double[] mean = Arrays.copyOf(row, row.length + 1);
    mean[row.length] = new Bernoulli(1).mean(ofStop(parameters))[0];
    return mean;
  }

  private float[] ofRow(float... parameters) {
    Rows.require(this, parameters);
    return Arrays.copyOf(parameters, rows.parameters());
  }

  private float[] ofStop(float... parameters) {
    return new float[] {parameters[rows.parameters()]};
  }

  private static float[] joined(float[] row, float stop) {
    float[] all = Arrays.copyOf(row, row.length + 1);
    all[row.length] = stop;
    return all;
  }

  @Override
  public String toString() {
    return rows + ", and whether it is the last";
  }
}
