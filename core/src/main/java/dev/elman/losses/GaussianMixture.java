package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import java.util.Arrays;

/**
 * K targets from one of M Gaussians (Bishop 1994; of sequences Graves 2013); parameters are the
 * logits of the components, their means, and the logarithms of their deviations, those of a
 * component side by side: {@code [M + M·K + M·K]}.
 *
 * <pre>{@code
 * log p(y) = log Σ_m exp(l_m + log N(y; μ_m, σ_m)) - log Σ_m exp(l_m)
 * }</pre>
 *
 * <p>Deviations are bounded as in {@link Gaussian}; within a component the targets are independent.
 *
 * @param columns K
 * @param components M
 */
public record GaussianMixture(int columns, int components) implements Distribution {
  /** Checks K and M. */
  public GaussianMixture {
    Shape.positive("columns", columns);
    Shape.positive("components", components);
  }

  @Override
  public int parameters() {
    return components * (1 + 2 * columns);
  }

  @Override
  public double logProbability(Node x, Values targets, int row) {
    int at = row * x.columns();
    return logJoint(x, targets, row) - Rows.logSum(x.value(), at, components);
  }

  /** {@code log Σ_m exp(l_m + log N_m)}, the largest so far taken out. */
  private double logJoint(Node x, Values targets, int row) {
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int m = 0; m < components; m++) {
      double joint = logJoint(x, targets, row, m);
      if (joint > most) {
        sum = sum * Math.exp(most - joint) + 1;
        most = joint;
      } else {
        sum += Math.exp(joint - most); // NaN comes here, too
      }
    }
    return most + Math.log(sum);
  }

  /** {@code l_m + log N_m}. */
  private double logJoint(Node x, Values targets, int row, int m) {
    Values.Numbers y = Rows.numbers(targets);
    int at = row * x.columns();
    double sum = x.value()[at + m];
    for (int k = 0; k < columns; k++) {
      float target = y.array()[row * y.columns() + k];
      sum +=
          Gaussian.logDensity(
              x.value()[at + meanAt(m, k)], x.value()[at + deviationAt(m, k)], target);
    }
    return sum;
  }

  /** With r_m, the share of component m in p(y): {@code dl = π - r}, the others r times theirs. */
  @Override
  public void addSlopes(Node x, Values targets, int row, float blame) {
    Values.Numbers y = Rows.numbers(targets);
    int at = row * x.columns();
    double logJoint = logJoint(x, targets, row);
    double logSum = Rows.logSum(x.value(), at, components);
    for (int m = 0; m < components; m++) {
      double r = Math.exp(logJoint(x, targets, row, m) - logJoint);
      x.gradient()[at + m] += blame * (float) (Math.exp(x.value()[at + m] - logSum) - r);
      for (int k = 0; k < columns; k++) {
        float target = y.array()[row * y.columns() + k];
        float mean = x.value()[at + meanAt(m, k)];
        float s = x.value()[at + deviationAt(m, k)];
        x.gradient()[at + meanAt(m, k)] +=
            blame * (float) (r * Gaussian.meanSlope(mean, s, target));
        x.gradient()[at + deviationAt(m, k)] +=
            blame * (float) (r * Gaussian.deviationSlope(mean, s, target));
      }
    }
  }

  private int meanAt(int m, int k) {
    return components + m * columns + k;
  }

  private int deviationAt(int m, int k) {
    return components + (components + m) * columns + k;
  }

  @Override
  public float[] draw(float[] parameters, double temperature, RandomStream random) {
    Rows.require(this, parameters);
    int m = 0;
    if (components > 1) {
      float[] logits = Arrays.copyOf(parameters, components);
      m = (int) new Categorical(components).draw(logits, temperature, random)[0];
    }
    return new Gaussian(columns).draw(component(parameters, m), temperature, random);
  }

  private float[] component(float[] parameters, int m) {
    float[] component = new float[2 * columns];
    System.arraycopy(parameters, meanAt(m, 0), component, 0, columns);
    System.arraycopy(parameters, deviationAt(m, 0), component, columns, columns);
    return component;
  }

  /** The mean of the component that is highest there, which lies near the mode. */
  @Override
  public float[] mode(float[] parameters) {
    Rows.require(this, parameters);
    float[] heights = new float[components];
    for (int m = 0; m < components; m++) {
      heights[m] = parameters[m];
      for (int k = 0; k < columns; k++) {
        heights[m] += (float) Gaussian.logDensity(0, parameters[deviationAt(m, k)], 0);
      }
    }
    int best = Rows.largest(heights, 0, components);
    return Arrays.copyOfRange(parameters, meanAt(best, 0), meanAt(best, 0) + columns);
  }

  @Override
  public double[] mean(float[] parameters) {
    Rows.require(this, parameters);
    double logSum = Rows.logSum(parameters, 0, components);
    double[] mean = new double[columns];
    for (int m = 0; m < components; m++) {
      double weight = Math.exp(parameters[m] - logSum);
      for (int k = 0; k < columns; k++) {
        mean[k] += weight * parameters[meanAt(m, k)];
      }
    }
    return mean;
  }

  @Override
  public String toString() {
    return "mixture of " + components + " Gaussians of " + columns;
  }
}
