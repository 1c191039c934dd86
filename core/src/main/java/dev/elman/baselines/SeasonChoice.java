package dev.elman.baselines;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The season length whose {@link SeasonalNaive} forecast errs least on the training part, with the
 * errors of all that were tried.
 *
 * <p>All lengths are measured on the same values, so that none gains by an easier stretch. A length
 * fits where, after the history that the longest one needs, at least one season is left to measure.
 *
 * @param tried every length that fits, with its error, shortest first
 */
public record SeasonChoice(List<Score> tried) {
  /**
   * The lengths tried by default: quarters, weekdays, months, hours, half hours, weeks, quarter
   * hours, the hours of a week, 5-minute and 10-minute steps of a day, days of a year.
   */
  public static final List<Integer> CANDIDATES =
      List.of(4, 7, 12, 24, 48, 52, 96, 144, 168, 288, 365);

  /** Checks that something was tried. */
  public SeasonChoice {
    tried = List.copyOf(tried);
    if (tried.isEmpty()) {
      throw new IllegalArgumentException("seasons: expected at least one that was tried.");
    }
  }

  /**
   * A season length and its error.
   *
   * @param season in steps
   * @param meanAbsoluteError over all origins and steps ahead, in the units of the series
   */
  public record Score(int season, double meanAbsoluteError) {}

  /** The least error; the shortest length among equals. */
  public Score best() {
    return tried.stream().min(Comparator.comparingDouble(Score::meanAbsoluteError)).orElseThrow();
  }

  /** The forecast that repeats the best season. */
  public SeasonalNaive forecast() {
    return new SeasonalNaive(best().season());
  }

  /** Tries {@link #CANDIDATES}, and {@link Persistence} as season 1, which always fits. */
  public static SeasonChoice of(float[] training, int horizon) {
    List<Integer> all = new ArrayList<>(List.of(1));
    all.addAll(CANDIDATES);
    return of(training, horizon, all);
  }

  /**
   * Tries some lengths.
   *
   * @param training the training part of the series, without missing values
   * @param horizon steps ahead that will be forecast; the error is the mean over them
   * @param candidates lengths in steps; those that do not fit are left out
   * @throws IllegalArgumentException when none fits
   */
  public static SeasonChoice of(float[] training, int horizon, List<Integer> candidates) {
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon: expected at least 1 step, got " + horizon + ".");
    }
    List<SeasonalNaive> fitting =
        candidates.stream()
            .distinct()
            .sorted()
            .map(SeasonalNaive::new)
            .filter(naive -> naive.lag(horizon) + naive.season() <= training.length)
            .toList();
    if (fitting.isEmpty()) {
      throw new IllegalArgumentException(
          "seasons: expected one of "
              + candidates
              + " to fit twice into the training part, got "
              + training.length
              + " values for a forecast of "
              + horizon
              + " steps. Give a shorter season or a longer series.");
    }
    int first = fitting.stream().mapToInt(naive -> naive.lag(horizon)).max().orElseThrow();
    return new SeasonChoice(
        fitting.stream()
            .map(naive -> new Score(naive.season(), error(training, first, horizon, naive)))
            .toList());
  }

  private static double error(float[] training, int first, int horizon, SeasonalNaive naive) {
    double sum = 0;
    double ofLag = 0;
    for (int step = 1; step <= horizon; step++) {
      if (step == 1 || naive.lag(step) != naive.lag(step - 1)) {
        ofLag = errorAtLag(training, first, naive.lag(step));
      }
      sum += ofLag;
    }
    return sum / horizon;
  }

  private static double errorAtLag(float[] training, int first, int lag) {
    double sum = 0;
    for (int t = first; t < training.length; t++) {
      sum += Math.abs((double) training[t] - training[t - lag]);
    }
    return sum / (training.length - first);
  }
}
