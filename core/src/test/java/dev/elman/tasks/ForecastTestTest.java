package dev.elman.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTestTest {
  private static final float[] ROW = {-9, 2, 4, 10, 99};

  @Test
  void forecastsTheMedianFromTheQuantilesAroundIt() {
    assertThat(ForecastTest.middle(List.of(0.1, 0.5, 0.9), ROW, 1)).isEqualTo(4);
    assertThat(ForecastTest.middle(List.of(0.05, 0.1, 0.5), ROW, 1)).isEqualTo(10);
    assertThat(ForecastTest.middle(List.of(0.1, 0.9), ROW, 2)).isCloseTo(7, within(1e-9));
    assertThat(ForecastTest.middle(List.of(0.4, 0.8), ROW, 1)).isCloseTo(2.5, within(1e-9));
  }

  @Test
  void takesTheNearestQuantileWhereAllAreOnOneSide() {
    assertThat(ForecastTest.middle(List.of(0.6, 0.9), ROW, 1)).isEqualTo(2);
    assertThat(ForecastTest.middle(List.of(0.1, 0.2, 0.3), ROW, 1)).isEqualTo(10);
    assertThat(ForecastTest.middle(List.of(0.9), ROW, 3)).isEqualTo(10);
    assertThat(ForecastTest.middle(List.of(), ROW, 3)).isEqualTo(10);
  }
}
