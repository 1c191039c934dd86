package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a classifier beside its floors. */
class ClassResultsTest {
  @ParameterizedTest
  @CsvSource({
    "0.9, 0.8, beats both floors",
    "0.7, 0.8, 'does NOT beat the better floor: more data'",
    "1.0, 1.0, 'does NOT beat the better floor: they are equally good'"
  })
  void aDrawIsNoVictoryAndNoDefeat(double model, double floor, String verdict) {
    assertThat(ClassResults.verdict(model, floor)).contains(verdict);
  }
}
