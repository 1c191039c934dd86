package dev.elman.testkit;

/**
 * One sequence through one recurrent layer, in double precision, as plain loops written from the
 * equations: slow, and anyone can check it.
 *
 * @param cell lstm, gru, rnn or rnn-relu
 * @param weightIh {@code [G·H, D]}
 * @param weightHh {@code [G·H, H]}
 * @param biasIh {@code [G·H]}
 * @param biasHh {@code [G·H]}
 */
public record ReferenceSequence(
    String cell, double[][] weightIh, double[][] weightHh, double[] biasIh, double[] biasHh) {

  /**
   * Runs a sequence.
   *
   * @param x {@code [T, D]}
   * @param h {@code [H]}, the state before, replaced by the state after
   * @param c {@code [H]}, the LSTM's; unused else
   * @return outputs {@code [T, H]}
   */
  public double[][] run(double[][] x, double[] h, double[] c) {
    double[][] outputs = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] a = affine(weightIh, x[t], biasIh);
      double[] b = affine(weightHh, h, biasHh);
      switch (cell) {
        case "lstm" -> lstm(a, b, h, c);
        case "gru" -> gru(a, b, h);
        case "rnn" -> simple(a, b, h, true);
        default -> simple(a, b, h, false);
      }
      outputs[t] = h.clone();
    }
    return outputs;
  }

  private static void lstm(double[] a, double[] b, double[] h, double[] c) {
    int n = h.length;
    for (int j = 0; j < n; j++) {
      double i = sigmoid(a[j] + b[j]);
      double f = sigmoid(a[n + j] + b[n + j]);
      double g = Math.tanh(a[2 * n + j] + b[2 * n + j]);
      double o = sigmoid(a[3 * n + j] + b[3 * n + j]);
      c[j] = f * c[j] + i * g;
      h[j] = o * Math.tanh(c[j]);
    }
  }

  private static void gru(double[] a, double[] b, double[] h) {
    int n = h.length;
    for (int j = 0; j < n; j++) {
      double r = sigmoid(a[j] + b[j]);
      double z = sigmoid(a[n + j] + b[n + j]);
      double candidate = Math.tanh(a[2 * n + j] + r * b[2 * n + j]);
      h[j] = (1 - z) * candidate + z * h[j];
    }
  }

  private static void simple(double[] a, double[] b, double[] h, boolean tanh) {
    for (int j = 0; j < h.length; j++) {
      h[j] = tanh ? Math.tanh(a[j] + b[j]) : Math.max(0, a[j] + b[j]);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] affine(double[][] w, double[] x, double[] b) {
    double[] y = b.clone();
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += w[i][j] * x[j];
      }
    }
    return y;
  }
}
