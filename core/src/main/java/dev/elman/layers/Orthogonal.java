package dev.elman.layers;

import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;

/** Random matrices with orthogonal rows, made by Gram and Schmidt from normal numbers. */
final class Orthogonal {
  private Orthogonal() {}

  /** Fills each block of {@code [H, H]} with an orthogonal matrix of its own. */
  static void fill(Weight weight, int hidden, RandomStream random) {
    weight.update(
        values -> {
          for (int row = 0; row < weight.rows(); row += hidden) {
            fillBlock(values, row * hidden, hidden, random);
          }
        });
  }

  private static void fillBlock(float[] values, int at, int n, RandomStream random) {
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) { // the second takes away what rounding left
        for (int k = 0; k < i; k++) {
          subtractProjection(rows[i], rows[k]);
        }
      }
      double norm = Math.sqrt(dot(rows[i], rows[i]));
      for (int j = 0; j < n; j++) {
        rows[i][j] /= norm;
        values[at + i * n + j] = (float) rows[i][j];
      }
    }
  }

  private static void subtractProjection(double[] row, double[] onto) {
    double length = dot(row, onto);
    for (int j = 0; j < row.length; j++) {
      row[j] -= length * onto[j];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
