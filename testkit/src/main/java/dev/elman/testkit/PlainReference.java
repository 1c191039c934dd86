package dev.elman.testkit;

import java.util.Arrays;

/**
 * The equations of the cells without modifiers; gates in PyTorch's order. A constant is called as
 * its cell: {@code RNN_RELU} is the reference of {@code rnn-relu}.
 */
public enum PlainReference implements ReferenceCell {
  /** Hochreiter and Schmidhuber 1997, with forget gate: i f g o; state h, c. */
  LSTM(2) {
    @Override
    public double[][] step(Weights w, double[] x, double[][] state) {
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
  GRU(1) {
    @Override
    public double[][] step(Weights w, double[] x, double[][] state) {
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
  RNN(1) {
    @Override
    public double[][] step(Weights w, double[] x, double[][] state) {
      double[] h = new double[state[0].length];
      for (int j = 0; j < h.length; j++) {
        h[j] = Math.tanh(w.input(0, j, x) + w.recurrent(0, j, state[0]));
      }
      return new double[][] {h};
    }
  },

  /** Elman's cell with the rectifier; state h. */
  RNN_RELU(1) {
    @Override
    public double[][] step(Weights w, double[] x, double[][] state) {
      double[] h = new double[state[0].length];
      for (int j = 0; j < h.length; j++) {
        h[j] = Math.max(0, w.input(0, j, x) + w.recurrent(0, j, state[0]));
      }
      return new double[][] {h};
    }
  },

  /** Elman's cell with the logistic sigmoid; state h. */
  RNN_SIGMOID(1) {
    @Override
    public double[][] step(Weights w, double[] x, double[][] state) {
      double[] h = new double[state[0].length];
      for (int j = 0; j < h.length; j++) {
        h[j] = sigmoid(w.input(0, j, x) + w.recurrent(0, j, state[0]));
      }
      return new double[][] {h};
    }
  };

  private final int states;

  PlainReference(int states) {
    this.states = states;
  }

  @Override
  public int[] widths(int hidden) {
    int[] widths = new int[states];
    Arrays.fill(widths, hidden);
    return widths;
  }

  private static double sigmoid(double x) {
    return ReferenceCell.sigmoid(x);
  }
}
