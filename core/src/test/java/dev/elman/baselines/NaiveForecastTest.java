package dev.elman.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elman.metrics.Errors;
import dev.elman.tensor.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NaiveForecastTest {
  private static final float[] SERIES = {1, 2, 4, 8, 16, 32, 64};

  @Test
  void persistenceRepeatsTheLastKnownValue() {
    assertThat(new Persistence().forecast(SERIES, 3, 2)).containsExactly(8, 8);
    assertThat(new Persistence().forecast(SERIES, 6, 1)).containsExactly(64);
    assertThat(new SeasonalNaive(1).forecast(SERIES, 3, 2)).containsExactly(8, 8);
  }

  @Test
  void seasonalNaiveRepeatsTheLastKnownSeason() {
    assertThat(new SeasonalNaive(3).forecast(SERIES, 4, 7)).containsExactly(4, 8, 16, 4, 8, 16, 4);
    assertThat(new SeasonalNaive(3).forecast(SERIES, 2, 2)).containsExactly(1, 2);
  }

  @Test
  void missingHistoryIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeasonalNaive(3).forecast(SERIES, 1, 2))
        .withMessageContaining("expected an index from 2 (a whole season is known) to 6")
        .withMessageContaining("got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Persistence().forecast(SERIES, 7, 2))
        .withMessageContaining("to 6 (the end of the series), got 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Persistence().forecast(SERIES, 2, 0))
        .withMessage("horizon: expected at least 1 step, got 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeasonalNaive(0))
        .withMessage("season: expected a length of at least 1 step, got 0.");
  }

  @Test
  void seasonsAreComparedOnTheSameValues() {
    // Lag 2 over 16, 32, 64; lag 3 over the same, since its history is the longest.
    SeasonChoice one = SeasonChoice.of(SERIES, 1, List.of(3, 2, 40));
    assertThat(one.tried())
        .containsExactly(
            new SeasonChoice.Score(2, (6 + 12 + 24 + 48) / 4.0),
            new SeasonChoice.Score(3, (7 + 14 + 28 + 56) / 4.0));

    // Three steps ahead: lags 2, 2 and 4; the first value to measure is the fifth.
    SeasonChoice three = SeasonChoice.of(SERIES, 3, List.of(2));
    assertThat(three.best().meanAbsoluteError())
        .isEqualTo((2 * (12 + 24 + 48) / 3.0 + (15 + 30 + 60) / 3.0) / 3, within(1e-12));
  }

  @Test
  void bestSeasonIsFound() {
    float[] weeks = new float[400];
    float level = 0;
    RandomStream random = RandomStream.of(3, "season test");
    for (int t = 0; t < weeks.length; t++) {
      level += random.uniform(-0.2f, 0.2f);
      weeks[t] = level + 5 * (float) Math.sin(2 * Math.PI * t / 7) + random.uniform(-1, 1);
    }

    SeasonChoice choice = SeasonChoice.of(weeks, 5);

    assertThat(choice.tried())
        .extracting(SeasonChoice.Score::season)
        .containsExactly(1, 4, 7, 12, 24, 48, 52, 96, 144, 168);
    assertThat(choice.forecast()).isEqualTo(new SeasonalNaive(7));
  }

  @Test
  void seriesTooShortForAnySeasonIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeasonChoice.of(SERIES, 2, List.of(4, 12)))
        .withMessageContaining("[4, 12] to fit twice")
        .withMessageContaining("got 7 values for a forecast of 2 steps");
  }

  @ParameterizedTest
  @CsvSource({
    "airline-passengers, 0.67, 1, 48.04",
    "airline-passengers, 0.67, 12, 41.85",
    "daily-min-temperatures, 0.67, 1, 2.624",
    "monthly-sunspots, 0.67, 1, 18.40"
  })
  void publishedSeriesHaveTheirKnownFloors(String name, double share, int season, double rmse) {
    float[] series = PublishedData.series(PublishedData.file("classic-series/" + name + ".csv"));
    NaiveForecast naive = new SeasonalNaive(season);
    Errors errors = new Errors(1);
    for (int t = (int) (series.length * share); t < series.length; t++) {
      errors.add(series, t, naive.forecast(series, t - 1, 1));
    }
    assertThat(errors.overall().rmse()).isEqualTo(rmse, within(0.006));
  }
}
