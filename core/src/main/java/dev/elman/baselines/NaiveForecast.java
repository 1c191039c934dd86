package dev.elman.baselines;

/**
 * A forecast without a model: a rule that reads a series up to an origin and says the next steps.
 *
 * <p>A trained forecaster that does not beat the best of these has learned nothing worth keeping
 * (Hyndman and Athanasopoulos 2021, section 5.2).
 */
@FunctionalInterface
public interface NaiveForecast {
  /**
   * The next steps of a series.
   *
   * @param series values in the order of time; those after the origin are not read
   * @param origin index of the last known value
   * @param horizon how many steps, at least 1
   * @return {@code [horizon]}, in the units of the series
   */
  float[] forecast(float[] series, int origin, int horizon);
}
