package dev.elman.encoding;

import dev.elman.data.DataException;
import java.util.ArrayList;
import java.util.List;

/**
 * Standardises columns: {@code (x - mean) / deviation}, fitted on training data alone.
 *
 * @param means of the columns
 * @param deviations standard deviations of the columns, none of them 0
 */
public record Scaler(List<Double> means, List<Double> deviations) {
  /** Copies the numbers. */
  public Scaler {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
  }

  /**
   * Fits the first rows of some columns.
   *
   * @param rows how many belong to the training data
   * @throws DataException when a column is constant there
   */
  public static Scaler fit(List<String> names, List<float[]> columns, int rows) {
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      double mean = 0;
      for (int i = 0; i < rows; i++) {
        mean += columns.get(c)[i] / (double) rows;
      }
      double variance = 0;
      for (int i = 0; i < rows; i++) {
        double d = columns.get(c)[i] - mean;
        variance += d * d / rows;
      }
      if (Math.sqrt(variance) <= 1e-7 * Math.abs(mean) || variance == 0) {
        throw new DataException(
            "numbers that vary in column '" + names.get(c) + "'",
            "the same number, "
                + columns.get(c)[0]
                + ", in all "
                + rows
                + " rows to be learned from",
            "the column is a constant, or changes only later on",
            "leave the column out with --inputs, or train on more rows");
      }
      means.add(mean);
      deviations.add(Math.sqrt(variance));
    }
    return new Scaler(means, deviations);
  }

  /** The scaled number. */
  public float scale(int column, float x) {
    return (float) ((x - means.get(column)) / deviations.get(column));
  }

  /** The number that was scaled. */
  public float unscale(int column, float x) {
    return (float) (x * deviations.get(column) + means.get(column));
  }

  /** Rows of all columns side by side, scaled: row-major {@code [rows, D]}. */
  public float[] rows(List<float[]> columns) {
    int rows = columns.get(0).length;
    float[] scaled = new float[rows * columns.size()];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < columns.size(); c++) {
        scaled[i * columns.size() + c] = scale(c, columns.get(c)[i]);
      }
    }
    return scaled;
  }
}
