package dev.elman.testkit;

import java.util.Set;

/**
 * The equations of the GRU with its reset gate before the product, or none, and with either reading
 * of its update gate.
 *
 * @param parts by the words of a cell's name
 */
record ReferenceGru(Set<String> parts) implements ReferenceCell {
  @Override
  public int[] widths(int hidden) {
    return new int[] {hidden};
  }

  @Override
  public double[][] step(Weights w, double[] x, double[][] state) {
    int hidden = w.hidden();
    boolean hasReset = !parts.contains("update-only");
    int update = hasReset ? 1 : 0;
    double[] before = state[0];
    double[] r = new double[hidden];
    double[] gated = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      r[j] = hasReset ? ReferenceCell.sigmoid(w.input(0, j, x) + w.recurrent(0, j, before)) : 1;
      gated[j] = r[j] * before[j];
    }
    double[] h = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      double z = ReferenceCell.sigmoid(w.input(update, j, x) + w.recurrent(update, j, before));
      double candidate =
          parts.contains("reset-before")
              ? w.recurrent(update + 1, j, gated)
              : r[j] * w.recurrent(update + 1, j, before);
      double n = Math.tanh(w.input(update + 1, j, x) + candidate);
      double replaced = parts.contains("update-replaces") ? z : 1 - z;
      h[j] = replaced * n + (1 - replaced) * before[j];
    }
    return new double[][] {h};
  }
}
