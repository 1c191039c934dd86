package dev.elman.baselines;

import java.util.Arrays;

/** The forecast that nothing changes: every step is the last known value (a random walk's best). */
public record Persistence() implements NaiveForecast {
  @Override
  public float[] forecast(float[] series, int origin, int horizon) {
    SeasonalNaive.requireHistory(series, origin, horizon, 1);
    float[] steps = new float[horizon];
    Arrays.fill(steps, series[origin]);
    return steps;
  }

  @Override
  public String toString() {
    return "repeat the last value";
  }
}
