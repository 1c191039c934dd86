package dev.elman.testkit;

import java.util.Set;

/**
 * The equations of the LSTM with peepholes, coupled gates, layer normalisation or a projection.
 *
 * @param parts by the words of a cell's name
 * @param projection P, or 0
 */
record ReferenceLstm(Set<String> parts, int projection) implements ReferenceCell {
  @Override
  public int[] widths(int hidden) {
    return new int[] {projection == 0 ? hidden : projection, hidden};
  }

  @Override
  public double[][] step(Weights w, double[] x, double[][] state) {
    int hidden = w.hidden();
    boolean coupled = parts.contains("coupled");
    int gates = coupled ? 3 : 4;
    double[] fromInput = new double[gates * hidden];
    double[] fromState = new double[gates * hidden];
    double[] read = w.read().apply(state[0]);
    for (int row = 0; row < gates * hidden; row++) {
      fromInput[row] = w.product("weight_ih", row, x);
      fromState[row] = w.product("weight_hh", row, read);
    }
    if (parts.contains("layer-norm")) {
      normalise(fromInput, w.of("gain_ih"));
      normalise(fromState, w.of("gain_hh"));
    }
    double[] before = state[1];
    double[] c = new double[hidden];
    double[] o = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      double[] a = new double[gates];
      for (int gate = 0; gate < gates; gate++) {
        int row = gate * hidden + j;
        a[gate] =
            fromInput[row] + w.number("bias_ih", row) + fromState[row] + w.number("bias_hh", row);
      }
      double i = ReferenceCell.sigmoid(a[0] + peephole(w, 0, j) * before[j]);
      double f = coupled ? 1 - i : ReferenceCell.sigmoid(a[1] + peephole(w, 1, j) * before[j]);
      c[j] = f * before[j] + i * Math.tanh(a[gates - 2]);
      o[j] = ReferenceCell.sigmoid(a[gates - 1] + peephole(w, gates - 2, j) * c[j]);
    }
    double[] seen = c.clone();
    if (parts.contains("layer-norm")) {
      normalise(seen, w.of("gain_c"));
      for (int j = 0; j < hidden; j++) {
        seen[j] += w.number("bias_c", j);
      }
    }
    double[] h = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      h[j] = o[j] * Math.tanh(seen[j]);
    }
    if (projection == 0) {
      return new double[][] {h, c};
    }
    double[] projected = new double[projection];
    for (int p = 0; p < projection; p++) {
      projected[p] = w.product("weight_hr", p, h);
    }
    return new double[][] {projected, c};
  }

  private double peephole(Weights w, int gate, int unit) {
    return parts.contains("peepholes") ? w.number("weight_ch", gate * w.hidden() + unit) : 0;
  }

  private static void normalise(double[] v, double[] gain) {
    double sum = 0;
    double squares = 0;
    for (double number : v) {
      sum += number;
      squares += number * number;
    }
    double mean = sum / v.length;
    double deviation = Math.sqrt(squares / v.length - mean * mean + 1e-5);
    for (int i = 0; i < v.length; i++) {
      v[i] = gain[i] * (v[i] - mean) / deviation;
    }
  }
}
