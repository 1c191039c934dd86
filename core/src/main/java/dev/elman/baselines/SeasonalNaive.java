package dev.elman.baselines;

/**
 * The forecast that the last season comes again: every step is the last known value of its place in
 * the season (Hyndman and Athanasopoulos 2021, section 5.2).
 *
 * <p>{@link SeasonChoice} finds the length of the season.
 *
 * @param season its length in steps, such as 24 for hours of a day; 1 is {@link Persistence}
 */
public record SeasonalNaive(int season) implements NaiveForecast {
  /** Checks the length. */
  public SeasonalNaive {
    if (season < 1) {
      throw new IllegalArgumentException(
          "season: expected a length of at least 1 step, got " + season + ".");
    }
  }

  @Override
  public float[] forecast(float[] series, int origin, int horizon) {
    requireHistory(series, origin, horizon, season);
    float[] steps = new float[horizon];
    for (int h = 0; h < horizon; h++) {
      steps[h] = series[origin + 1 + h - lag(h + 1)];
    }
    return steps;
  }

  /** How far back the value lies that is forecast for a step: whole seasons, at least the step. */
  public int lag(int step) {
    return (step + season - 1) / season * season;
  }

  static void requireHistory(float[] series, int origin, int horizon, int season) {
    if (origin >= series.length || origin + 1 < season) {
      throw new IllegalArgumentException(
          "origin: expected an index from "
              + (season - 1)
              + " (a whole season is known) to "
              + (series.length - 1)
              + " (the end of the series), got "
              + origin
              + ".");
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon: expected at least 1 step, got " + horizon + ".");
    }
  }

  @Override
  public String toString() {
    return season == 1 ? new Persistence().toString() : "repeat the last " + season + " steps";
  }
}
