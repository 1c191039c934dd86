package dev.elman.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> COLUMNS = List.of("date", "temp_max", "temp_min", "wind");

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "wind, wind, 0",
    "WIND, wind, 0",
    "wnid, wind, 1",
    "abc, '', 3",
    "ca, abc, 3",
    "temp_max, temp_min, 2"
  })
  void distanceCountsInsertionsDeletionsReplacementsAndSwaps(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void suggestsTheNearestAndNothingSilly() {
    assertThat(Nearest.of("tempmax", COLUMNS)).contains("temp_max");
    assertThat(Nearest.of("temp_mni", COLUMNS)).contains("temp_min");
    assertThat(Nearest.of("humidity", COLUMNS)).isEmpty();
    assertThat(Nearest.suggestion("wnid", COLUMNS)).isEqualTo("did you mean 'wind'?");
    assertThat(Nearest.suggestion("humidity", COLUMNS))
        .isEqualTo("choose one of: date, temp_max, temp_min, wind");
  }
}
