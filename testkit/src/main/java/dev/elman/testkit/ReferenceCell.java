package dev.elman.testkit;

/**
 * The equations of the recurrent cells in double precision, unit by unit, as plain loops.
 *
 * <p>Written from the equations alone, to hold the fast cells to; gates in PyTorch's order.
 */
public enum ReferenceCell {
  /** Hochreiter and Schmidhuber 1997, with forget gate: i f g o; state h, c. */
  LSTM(4, 2) {
    @Override
    double[][] step(Weights w, double[] x, double[][] state) {
      int hidden = state[0].length;
      double[] h = new double[hidden];
      double[] c = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double i = sigmoid(w.input(0, j, x) + w.recurrent(0, j, state[0]));
        double f = sigmoid(w.input(1, j, x) + w.recurrent(1, j, state[0]));
        double g = Math.tanh(w.input(2, j, x) + w.recurrent(2, j, state[0]));
        double o = sigmoid(w.input(3, j, x) + w.recurrent(3, j, state[0]));
        c[j] = f * state[1][j] + i * g;
        h[j] = o * Math.tanh(c[j]);
      }
      return new double[][] {h, c};
    }
  },

  /** Cho et al. 2014, reset gate after the recurrent product: r z n; state h. */
  GRU(3, 1) {
    @Override
    double[][] step(Weights w, double[] x, double[][] state) {
      int hidden = state[0].length;
      double[] h = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double r = sigmoid(w.input(0, j, x) + w.recurrent(0, j, state[0]));
        double z = sigmoid(w.input(1, j, x) + w.recurrent(1, j, state[0]));
        double n = Math.tanh(w.input(2, j, x) + r * w.recurrent(2, j, state[0]));
        h[j] = (1 - z) * n + z * state[0][j];
      }
      return new double[][] {h};
    }
  },

  /** Elman 1990 with the hyperbolic tangent; state h. */
  RNN(1, 1) {
    @Override
    double[][] step(Weights w, double[] x, double[][] state) {
      double[] h = new double[state[0].length];
      for (int j = 0; j < h.length; j++) {
        h[j] = Math.tanh(w.input(0, j, x) + w.recurrent(0, j, state[0]));
      }
      return new double[][] {h};
    }
  },

  /** Elman's cell with the rectifier; state h. */
  RNN_RELU(1, 1) {
    @Override
    double[][] step(Weights w, double[] x, double[][] state) {
      double[] h = new double[state[0].length];
      for (int j = 0; j < h.length; j++) {
        h[j] = Math.max(0, w.input(0, j, x) + w.recurrent(0, j, state[0]));
      }
      return new double[][] {h};
    }
  };

  private final int gates;
  private final int states;

  ReferenceCell(int gates, int states) {
    this.gates = gates;
    this.states = states;
  }

  /** G. */
  public int gates() {
    return gates;
  }

  /** How many vectors {@code [H]} the state has; the first is the output. */
  public int states() {
    return states;
  }

  /** The state after one step. */
  abstract double[][] step(Weights w, double[] x, double[][] state);

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /**
   * The weights of one cell, row-major.
   *
   * @param ih {@code [G·H, D]}
   * @param hh {@code [G·H, H]}
   * @param biasIh {@code [G·H]}
   * @param biasHh {@code [G·H]}
   * @param hidden H
   */
  public record Weights(double[] ih, double[] hh, double[] biasIh, double[] biasHh, int hidden) {
    /** {@code W_i·x + b_i} of one unit of one gate. */
    double input(int gate, int unit, double[] x) {
      int row = gate * hidden + unit;
      double sum = biasIh[row];
      for (int d = 0; d < x.length; d++) {
        sum += ih[row * x.length + d] * x[d];
      }
      return sum;
    }

    /** {@code W_h·h + b_h} of one unit of one gate. */
    double recurrent(int gate, int unit, double[] h) {
      int row = gate * hidden + unit;
      double sum = biasHh[row];
      for (int k = 0; k < hidden; k++) {
        sum += hh[row * hidden + k] * h[k];
      }
      return sum;
    }
  }
}
