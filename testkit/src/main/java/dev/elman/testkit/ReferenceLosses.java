package dev.elman.testkit;

/** The losses in double precision, term by term as they are defined; sums, not means. */
public final class ReferenceLosses {
  private ReferenceLosses() {}

  /**
   * Cross-entropy with label smoothing: {@code -Σ_n Σ_v q_nv·log p_nv}, where q is {@code 1 - ε} at
   * the class and {@code ε/V} everywhere besides.
   *
   * @param logits {@code [N, V]}
   */
  public static double crossEntropy(double[] logits, int[] classes, double smoothing) {
    int v = logits.length / classes.length;
    double loss = 0;
    for (int n = 0; n < classes.length; n++) {
      double normaliser = 0;
      for (int k = 0; k < v; k++) {
        normaliser += Math.exp(logits[n * v + k]);
      }
      for (int k = 0; k < v; k++) {
        double target = smoothing / v + (k == classes[n] ? 1 - smoothing : 0);
        loss -= target * Math.log(Math.exp(logits[n * v + k]) / normaliser);
      }
    }
    return loss;
  }

  /** {@code Σ (x - y)²}. */
  public static double squared(double[] x, double[] y) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      loss += Math.pow(x[i] - y[i], 2);
    }
    return loss;
  }

  /** {@code Σ |x - y|}. */
  public static double absolute(double[] x, double[] y) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      loss += Math.abs(x[i] - y[i]);
    }
    return loss;
  }

  /** Huber 1964: {@code d²/2} up to delta, {@code δ·(d - δ/2)} beyond. */
  public static double huber(double[] x, double[] y, double delta) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double d = Math.abs(x[i] - y[i]);
      loss += d < delta ? 0.5 * d * d : delta * d - 0.5 * delta * delta;
    }
    return loss;
  }

  /** {@code -Σ y·log σ(x) + (1 - y)·log(1 - σ(x))}. */
  public static double bernoulli(double[] x, double[] y) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double p = ReferenceCell.sigmoid(x[i]);
      loss -= y[i] * Math.log(p) + (1 - y[i]) * Math.log(1 - p);
    }
    return loss;
  }

  /**
   * The negative log-likelihood of independent normal numbers.
   *
   * @param x {@code [N, 2·K]}, K means, then the logarithms of K deviations
   * @param y {@code [N, K]}
   */
  public static double gaussian(double[] x, double[] y, int columns) {
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      int mean = i / columns * 2 * columns + i % columns;
      loss -= Math.log(normal(x[mean], Math.exp(x[mean + columns]), y[i]));
    }
    return loss;
  }

  /**
   * The negative log-likelihood of a mixture of M Gaussians.
   *
   * @param x {@code [N, M + M·K + M·K]}, logits, means, logarithms of deviations
   * @param y {@code [N, K]}
   */
  public static double gaussianMixture(double[] x, double[] y, int columns, int components) {
    int width = components * (1 + 2 * columns);
    double loss = 0;
    for (int n = 0; n < y.length / columns; n++) {
      double normaliser = 0;
      double density = 0;
      for (int m = 0; m < components; m++) {
        double term = Math.exp(x[n * width + m]);
        normaliser += term;
        for (int k = 0; k < columns; k++) {
          int mean = n * width + components + m * columns + k;
          term *= normal(x[mean], Math.exp(x[mean + components * columns]), y[n * columns + k]);
        }
        density += term;
      }
      loss -= Math.log(density / normaliser);
    }
    return loss;
  }

  private static double normal(double mean, double deviation, double y) {
    double squared = Math.pow(y - mean, 2) / (2 * deviation * deviation);
    return Math.exp(-squared) / (deviation * Math.sqrt(2 * Math.PI));
  }

  /**
   * The quantile loss.
   *
   * @param x {@code [N, K·Q]}, the quantiles of one target side by side
   * @param y {@code [N, K]}
   */
  public static double quantile(double[] x, double[] y, double... quantiles) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double q = quantiles[i % quantiles.length];
      double above = y[i / quantiles.length] - x[i];
      loss += Math.max(q * above, (q - 1) * above);
    }
    return loss;
  }
}
