package dev.elman.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elman.tensor.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  private static final int DRAWS = 20_000;

  /** Logarithms of 0.5, 0.05, 0.3 and 0.15, moved by 3. */
  private static float[] logits() {
    float[] logits = {0.5f, 0.05f, 0.3f, 0.15f};
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(logits[i]) + 3;
    }
    return logits;
  }

  /** How often each symbol is drawn. */
  private static double[] shares(Sampler sampler) {
    RandomStream random = RandomStream.of(1, "test");
    double[] shares = new double[4];
    for (int i = 0; i < DRAWS; i++) {
      shares[sampler.choose(logits(), random)] += 1.0 / DRAWS;
    }
    return shares;
  }

  private static void requireShares(Sampler sampler, double... expected) {
    assertThat(shares(sampler)).containsExactly(expected, within(0.015));
  }

  @Test
  void drawsEachSymbolWithItsProbability() {
    requireShares(Sampler.PLAIN, 0.5, 0.05, 0.3, 0.15);
  }

  @Test
  void temperatureSharpensAndFlattens() {
    double sum = 0.25 + 0.0025 + 0.09 + 0.0225; // squares: half the temperature
    requireShares(
        Sampler.PLAIN.atTemperature(0.5), 0.25 / sum, 0.0025 / sum, 0.09 / sum, 0.0225 / sum);
    requireShares(Sampler.PLAIN.atTemperature(1e6), 0.25, 0.25, 0.25, 0.25);
    requireShares(Sampler.PLAIN.atTemperature(1e-3), 1, 0, 0, 0);
  }

  @Test
  void topKLeavesTheLikeliestAlone() {
    requireShares(Sampler.PLAIN.amongTop(2), 0.625, 0, 0.375, 0);
    requireShares(Sampler.PLAIN.amongTop(1), 1, 0, 0, 0);
    requireShares(Sampler.PLAIN.amongTop(99), 0.5, 0.05, 0.3, 0.15);
  }

  @Test
  void topPLeavesTheFewestThatReachIt() {
    requireShares(Sampler.PLAIN.amongMass(0.4), 1, 0, 0, 0);
    requireShares(Sampler.PLAIN.amongMass(0.75), 0.625, 0, 0.375, 0);
    requireShares(Sampler.PLAIN.amongMass(0.9), 0.5 / 0.95, 0, 0.3 / 0.95, 0.15 / 0.95);
    requireShares(Sampler.PLAIN.amongMass(1), 0.5, 0.05, 0.3, 0.15);
  }

  @Test
  void greedyTakesTheFirstOfEquals() {
    RandomStream random = RandomStream.of(1, "test");
    assertThat(Sampler.GREEDY.choose(new float[] {1, 4, 4, 2}, random)).isEqualTo(1);
  }

  @Test
  void whatIsForbiddenIsNeverDrawn() {
    RandomStream random = RandomStream.of(1, "test");
    for (int i = 0; i < 1000; i++) {
      float[] logits = {Float.NEGATIVE_INFINITY, -80, Float.NEGATIVE_INFINITY};
      assertThat(Sampler.PLAIN.choose(logits, random)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesATemperatureThatMakesNoDistribution(double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampler.PLAIN.atTemperature(temperature))
        .withMessageContaining("temperature: expected a number above 0, got " + temperature);
  }

  @Test
  void refusesAChoiceAmongNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampler.PLAIN.amongTop(0))
        .withMessageContaining("top-k: expected at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampler.PLAIN.amongMass(Double.NaN))
        .withMessageContaining("top-p: expected above 0, at most 1, got NaN");
  }
}
