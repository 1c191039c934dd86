package dev.elman.metrics;

/**
 * The errors of point forecasts, for every step ahead and over all of them.
 *
 * <p>Values are added one by one or a forecast at a time, and summed in double precision. A NaN
 * among them makes the figures NaN. Definitions as in Hyndman and Koehler 2006.
 */
public final class Errors {
  private final long[] counts;
  private final double[] absolute;
  private final double[] squared;
  private final double[] signed;

  /**
   * No errors yet.
   *
   * @param horizon steps ahead; 1 where there is nothing but one value
   */
  public Errors(int horizon) {
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon: expected at least 1 step, got " + horizon + ".");
    }
    counts = new long[horizon];
    absolute = new double[horizon];
    squared = new double[horizon];
    signed = new double[horizon];
  }

  /**
   * The figures of some forecasts; NaN where there are none.
   *
   * @param count how many values
   * @param mae mean absolute error, in the units of the values
   * @param rmse root of the mean squared error, in the units of the values
   * @param bias mean of forecast minus truth: positive where forecasts are too high
   */
  public record Summary(long count, double mae, double rmse, double bias) {
    /**
     * The mean absolute scaled error (MASE): below 1 is better than the naive forecast.
     *
     * @param scale the mean absolute error of the naive forecast, see {@link #scale}, or over the
     *     very same values for a relative error
     */
    public double scaled(double scale) {
      return mae / scale;
    }
  }

  /**
   * Adds one value.
   *
   * @param step from 0 for the first step ahead
   */
  public void add(int step, double truth, double forecast) {
    double error = forecast - truth;
    counts[step]++;
    absolute[step] += Math.abs(error);
    squared[step] += error * error;
    signed[step] += error;
  }

  /**
   * Adds a forecast of all steps.
   *
   * @param series holds the truth
   * @param from index of the first step ahead
   * @param forecast {@code [horizon]}
   */
  public void add(float[] series, int from, float[] forecast) {
    if (forecast.length != counts.length || from < 0 || from + forecast.length > series.length) {
      throw new IllegalArgumentException(
          "Errors: expected "
              + counts.length
              + " steps within "
              + series.length
              + " values, got "
              + forecast.length
              + " from "
              + from
              + ".");
    }
    for (int step = 0; step < forecast.length; step++) {
      add(step, series[from + step], forecast[step]);
    }
  }

  /** How many steps ahead. */
  public int horizon() {
    return counts.length;
  }

  /** The figures of one step ahead, from 0. */
  public Summary step(int step) {
    return summary(step, step + 1);
  }

  /** The figures of all steps together. */
  public Summary overall() {
    return summary(0, counts.length);
  }

  private Summary summary(int from, int to) {
    long count = 0;
    double absoluteSum = 0;
    double squaredSum = 0;
    double signedSum = 0;
    for (int i = from; i < to; i++) {
      count += counts[i];
      absoluteSum += absolute[i];
      squaredSum += squared[i];
      signedSum += signed[i];
    }
    return new Summary(
        count, absoluteSum / count, Math.sqrt(squaredSum / count), signedSum / count);
  }

  /**
   * The scale of {@link Summary#scaled}: the mean absolute error, on the training part, of the
   * forecast that repeats the value of one season ago.
   *
   * @param season in steps; 1 repeats the last value
   */
  public static double scale(float[] training, int season) {
    if (season < 1 || season >= training.length) {
      throw new IllegalArgumentException(
          "season: expected a length from 1 to "
              + (training.length - 1)
              + ", one less than the training part has values, got "
              + season
              + ".");
    }
    double sum = 0;
    for (int t = season; t < training.length; t++) {
      sum += Math.abs((double) training[t] - training[t - season]);
    }
    return sum / (training.length - season);
  }
}
