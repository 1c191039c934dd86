package dev.elman.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances that are known. */
class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "flaw, lawn, 2",
    "abc, abc, 0",
    "'', abc, 3",
    "abc, '', 3",
    "ab, ba, 2"
  })
  void distances(String a, String b, int expected) {
    assertThat(EditDistance.of(symbols(a), symbols(b))).isEqualTo(expected);
    assertThat(EditDistance.of(symbols(b), symbols(a))).isEqualTo(expected);
  }

  @Test
  void symbolsAreWhole() {
    assertThat(EditDistance.of(List.of("HH", "AH"), List.of("HH", "OW", "AH"))).isEqualTo(1);
  }

  private static List<Integer> symbols(String text) {
    return text.chars().boxed().toList();
  }
}
