package dev.elman.generation;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesATemperatureThatMakesNoDistribution(double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampler.PLAIN.atTemperature(temperature))
        .withMessageContaining("temperature: expected a number above 0, got " + temperature);
  }
}
