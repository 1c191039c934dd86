package dev.elman.layers;

import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;

/** Random matrices with orthogonal rows, made by Gram and Schmidt from normal numbers. */
final class Orthogonal {
  private Orthogonal() {}

  /**
   * Fills each block of H rows with an orthogonal matrix of its own, or where it is not square with
   * a part of one.
   */
  static void fill(Weight weight, int hidden, RandomStream random) {
    weight.update(
        values -> {
          for (int row = 0; row < weight.rows(); row += hidden) {
            fillBlock(values, row, Math.min(hidden, weight.rows() - row), weight.columns(), random);
          }
        });
  }

  private static void fillBlock(
      float[] values, int first, int count, int columns, RandomStream random) {
    int n = Math.max(count, columns);
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
        if (i < count && j < columns) {
          values[(first + i) * columns + j] = (float) rows[i][j];
        }
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
