package dev.elman.encoding;

import dev.elman.data.DataException;
import dev.elman.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Standardises columns: {@code (x - mean) / deviation}, fitted on training data alone.
 *
 * @param means of the columns
 * @param deviations standard deviations of the columns (divided by n), above 0
 */
public record Scaler(List<Double> means, List<Double> deviations) {
  /**
   * Copies the numbers.
   *
   * @throws IllegalArgumentException when they cannot scale
   */
  public Scaler {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.size() != deviations.size()) {
      throw new IllegalArgumentException(
          "Scaler: expected a deviation for each of "
              + means.size()
              + " means, got "
              + deviations.size()
              + ".");
    }
    for (int c = 0; c < means.size(); c++) {
      double deviation = deviations.get(c);
      if (!Double.isFinite(means.get(c)) || !(deviation > 0 && Double.isFinite(deviation))) {
        throw new IllegalArgumentException(
            "Scaler: expected a number as mean and one above 0 as deviation of column "
                + c
                + ", got "
                + means.get(c)
                + " and "
                + deviation
                + ".");
      }
    }
  }

  /**
   * Fits the first rows of some columns.
   *
   * @param rows how many belong to the training data
   * @throws DataException when a column is constant there, or has what is no number
   */
  public static Scaler fit(List<String> names, List<float[]> columns, int rows) {
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      check(names.get(c), columns.get(c), rows);
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
            "leave the column out (a forecaster's with --inputs), or train on more rows");
      }
      means.add(mean);
      deviations.add(Math.sqrt(variance));
    }
    return new Scaler(means, deviations);
  }

  private static void check(String name, float[] column, int rows) {
    if (rows < 1 || rows > column.length) {
      throw new IllegalArgumentException(
          "Scaler: expected 1 to "
              + column.length
              + " rows to fit column '"
              + name
              + "' on, got "
              + rows
              + ".");
    }
    for (int i = 0; i < rows; i++) {
      if (!Float.isFinite(column[i])) {
        throw new DataException(
            "numbers in column '" + name + "'",
            column[i] + " in row " + (i + 1),
            "a gap in the data, or a sum or quotient that went wrong before",
            "drop the row, or fill the gap");
      }
    }
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
    Shape.requireColumns(
        "Scaler", means.size(), columns.size(), "Give the columns that it was fitted on.");
    int rows = columns.get(0).length;
    for (float[] column : columns) {
      Shape.require(
          "Scaler",
          new int[] {rows},
          new int[] {column.length},
          "All columns need the same number of rows.");
    }
    float[] scaled = new float[rows * columns.size()];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < columns.size(); c++) {
        scaled[i * columns.size() + c] = scale(c, columns.get(c)[i]);
      }
    }
    return scaled;
  }
}
