package dev.elman.examples.identify;

/**
 * A linear autoregression with inputs, fitted by least squares: the next observation from the last
 * p observations and actions, {@code y_t+1 = Σ A_i·y_t-i + Σ B_i·a_t-i + c}.
 */
final class LinearModel {
  private static final int[] ORDERS = {1, 2, 4, 8, 16, 32};
  private static final double RIDGE =
      1e-6; // of the mean square of the inputs, so that all is solvable

  private final int order; // p
  private final double[][] weights; // [K][features]

  private LinearModel(int order, double[][] weights) {
    this.order = order;
    this.weights = weights;
  }

  /** The one of the order that rolls out best on the last part of the record. */
  static LinearModel best(Experiment record, Size size, Scale scale) {
    LinearModel best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int order : ORDERS) {
      LinearModel model = fit(order, record, 0, size.train());
      double error = model.error(record, size, scale);
      if (best == null || error < least) {
        least = error;
        best = model;
      }
    }
    return best;
  }

  private double error(Experiment record, Size size, Scale scale) {
    double sum = 0;
    int last = record.steps() - size.horizon();
    for (int now = size.train() + size.warmUp(); now < last; now += size.horizon() / 8 + 1) {
      float[][] ahead = rollOut(record.observed(), record.actions(), now, size.horizon());
      for (int h = 0; h < ahead.length; h++) {
        for (int o = 0; o < ahead[h].length; o++) {
          float y = record.observed()[now + 1 + h][o];
          double off = scale.scaled(o, ahead[h][o]) - scale.scaled(o, y);
          sum += off * off;
        }
      }
    }
    return sum;
  }

  /** The best fit to some steps of a record. */
  static LinearModel fit(int order, Experiment record, int from, int to) {
    int k = record.observed()[0].length;
    int n = features(order, k, record.actions()[0].length);
    double[][] square = new double[n][n];
    double[][] right = new double[k][n];
    double[] x = new double[n];
    for (int t = from + order - 1; t < to; t++) {
      fill(x, order, record.observed(), record.actions(), t);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          square[i][j] += x[i] * x[j];
        }
        for (int o = 0; o < k; o++) {
          right[o][i] += x[i] * record.observed()[t + 1][o];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      square[i][i] *= 1 + RIDGE;
      square[i][i] += RIDGE;
    }
    choleskyInPlace(square);
    double[][] weights = new double[k][];
    for (int o = 0; o < k; o++) {
      weights[o] = solve(square, right[o]);
    }
    return new LinearModel(order, weights);
  }

  private static int features(int order, int observed, int actions) {
    return order * (observed + actions) + 1;
  }

  private static void fill(double[] x, int order, float[][] observed, float[][] actions, int t) {
    int at = 0;
    for (int i = 0; i < order; i++) {
      for (float y : observed[t - i]) {
        x[at++] = y;
      }
      for (float a : actions[t - i]) {
        x[at++] = a;
      }
    }
    x[at] = 1;
  }

  private static void choleskyInPlace(double[][] m) {
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = m[i][j];
        for (int l = 0; l < j; l++) {
          sum -= m[i][l] * m[j][l];
        }
        m[i][j] = i == j ? Math.sqrt(sum) : sum / m[j][j];
      }
    }
  }

  private static double[] solve(double[][] lower, double[] right) {
    int n = right.length;
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        x[i] -= lower[i][j] * x[j];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        x[i] -= lower[j][i] * x[j];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  int order() {
    return order;
  }

  /**
   * Goes on from the last observation under the actions from there, its own predictions in the
   * place of observations.
   *
   * @param observed what was observed up to step {@code now}, inclusive
   * @return {@code [steps][K]}, the first one step after {@code now}
   */
  float[][] rollOut(float[][] observed, float[][] actions, int now, int steps) {
    int k = weights.length;
    float[][] all = new float[now + 1 + steps][k];
    System.arraycopy(observed, 0, all, 0, now + 1);
    double[] x = new double[weights[0].length];
    float[][] ahead = new float[steps][];
    for (int h = 0; h < steps; h++) {
      fill(x, order, all, actions, now + h);
      ahead[h] = all[now + h + 1];
      for (int o = 0; o < k; o++) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
          sum += weights[o][i] * x[i];
        }
        ahead[h][o] = (float) sum;
      }
    }
    return ahead;
  }
}
