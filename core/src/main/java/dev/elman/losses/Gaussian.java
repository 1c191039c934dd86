package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * K independent normal targets; parameters are their means, then the logarithms of their
 * deviations: {@code [2·K]}.
 *
 * <pre>{@code
 * log p(y) = -Σ_k  ((y_k - μ_k) / σ_k)²/2 + s_k + log(2π)/2        σ_k = exp(s_k)
 * }</pre>
 *
 * <p>So that all stays finite, s counts as at least -{@value #MOST} and at most {@value #MOST};
 * beyond, s receives only blame that leads back.
 *
 * @param columns K
 */
public record Gaussian(int columns) implements Distribution {
  private static final double MOST = 16;
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Checks K. */
  public Gaussian {
    Shape.positive("columns", columns);
  }

  @Override
  public int parameters() {
    return 2 * columns;
  }

  @Override
  public double logProbability(Node x, Values targets, int row) {
    Values.Numbers y = Rows.numbers(targets);
    int at = row * x.columns();
    double sum = 0;
    for (int k = 0; k < columns; k++) {
      float target = y.array()[row * y.columns() + k];
      sum += logDensity(x.value()[at + k], x.value()[at + columns + k], target);
    }
    return sum;
  }

  @Override
  public void addSlopes(Node x, Values targets, int row, float blame) {
    Values.Numbers y = Rows.numbers(targets);
    int at = row * x.columns();
    for (int k = 0; k < columns; k++) {
      float target = y.array()[row * y.columns() + k];
      float mean = x.value()[at + k];
      float s = x.value()[at + columns + k];
      x.gradient()[at + k] += blame * (float) meanSlope(mean, s, target);
      x.gradient()[at + columns + k] += blame * (float) deviationSlope(mean, s, target);
    }
  }

  /** {@code -((y - μ) / σ)²/2 - s - log(2π)/2}. */
  static double logDensity(double mean, double s, double y) {
    double z = (y - mean) / deviation(s);
    return -z * z / 2 - bounded(s) - HALF_LOG_TWO_PI;
  }

  /** {@code d(-log p)/dμ = (μ - y) / σ²}. */
  static double meanSlope(double mean, double s, double y) {
    double deviation = deviation(s);
    return (mean - y) / deviation / deviation;
  }

  /** {@code d(-log p)/ds = 1 - ((y - μ) / σ)²}. */
  static double deviationSlope(double mean, double s, double y) {
    double z = (y - mean) / deviation(s);
    double slope = 1 - z * z;
    boolean outwards = s < -MOST && slope > 0 || s > MOST && slope < 0;
    return outwards ? 0 : slope;
  }

  static double deviation(double s) {
    return StrictMath.exp(bounded(s));
  }

  private static double bounded(double s) {
    return Math.max(-MOST, Math.min(MOST, s));
  }

  @Override
  public float[] draw(float[] parameters, double temperature, RandomStream random) {
    Rows.require(this, parameters);
    double wider = Math.sqrt(Rows.temperature(temperature));
    float[] drawn = new float[columns];
    for (int k = 0; k < columns; k++) {
      double deviation = wider * deviation(parameters[columns + k]);
      drawn[k] = (float) (parameters[k] + deviation * random.nextGaussian());
    }
    return drawn;
  }

  @Override
  public float[] mode(float[] parameters) {
    Rows.require(this, parameters);
    return Arrays.copyOf(parameters, columns);
  }

  @Override
  public double[] mean(float[] parameters) {
    Rows.require(this, parameters);
    return IntStream.range(0, columns).mapToDouble(k -> parameters[k]).toArray();
  }

  @Override
  public String toString() {
    return "Gaussian of " + columns;
  }
}
