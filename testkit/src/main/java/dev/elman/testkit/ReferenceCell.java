package dev.elman.testkit;

import java.util.Locale;
import java.util.Map;

/**
 * The equations of the recurrent cells in double precision, unit by unit, as plain loops.
 *
 * <p>Written from the equations alone, to hold the fast cells to; gates in PyTorch's order. A
 * constant is called as its cell: {@code RNN_RELU} is the reference of {@code rnn-relu}.
 */
public enum ReferenceCell {
  /** Hochreiter and Schmidhuber 1997, with forget gate: i f g o; state h, c. */
  LSTM(2) {
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
  GRU(1) {
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
  RNN(1) {
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
  RNN_RELU(1) {
    @Override
    double[][] step(Weights w, double[] x, double[][] state) {
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
    double[][] step(Weights w, double[] x, double[][] state) {
      double[] h = new double[state[0].length];
      for (int j = 0; j < h.length; j++) {
        h[j] = sigmoid(w.input(0, j, x) + w.recurrent(0, j, state[0]));
      }
      return new double[][] {h};
    }
  };

  private final int states;

  ReferenceCell(int states) {
    this.states = states;
  }

  /**
   * The reference of a cell.
   *
   * @throws AssertionError when there is none, saying where it belongs
   */
  public static ReferenceCell of(String cell) {
    String constant = cell.replace('-', '_').toUpperCase(Locale.ROOT);
    for (ReferenceCell reference : values()) {
      if (reference.name().equals(constant)) {
        return reference;
      }
    }
    throw new AssertionError(
        "Cell "
            + cell
            + " has no reference. Write its equations once more, in double precision, as the"
            + " constant "
            + constant
            + " of ReferenceCell.");
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
   * The weights of one cell, row-major, by the names the cell gives them.
   *
   * @param hidden H
   */
  public record Weights(Map<String, double[]> byName, int hidden) {
    /** {@code W_i·x + b_i} of one unit of one gate, from {@code weight_ih} and {@code bias_ih}. */
    double input(int gate, int unit, double[] x) {
      int row = gate * hidden + unit;
      return product("weight_ih", row, x) + number("bias_ih", row);
    }

    /** {@code W_h·h + b_h} of one unit of one gate, from {@code weight_hh} and {@code bias_hh}. */
    double recurrent(int gate, int unit, double[] h) {
      int row = gate * hidden + unit;
      return product("weight_hh", row, h) + number("bias_hh", row);
    }

    /** A row of a matrix times a vector. */
    double product(String weight, int row, double[] x) {
      double[] w = of(weight);
      double sum = 0;
      for (int k = 0; k < x.length; k++) {
        sum += w[row * x.length + k] * x[k];
      }
      return sum;
    }

    /** A number of a vector. */
    double number(String weight, int row) {
      return of(weight)[row];
    }

    private double[] of(String weight) {
      if (!byName.containsKey(weight)) {
        throw new AssertionError(
            "The reference reads a weight '" + weight + "', the cell has " + byName.keySet() + ".");
      }
      return byName.get(weight);
    }
  }
}
