package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowAxisTest {
  @Test
  void numbersStandAtTheirPlaces() {
    RowAxis axis = new RowAxis(List.of("41", "42", "43", "44"));
    assertThat(axis.name()).isEqualTo("row");
    assertThat(axis.xs(1, 3)).containsExactly(42, 43);
    assertThat(axis.label(43)).isEqualTo("43");
    assertThat(axis.label(43.5)).isEqualTo(RowAxis.BLANK);
    assertThat(axis.span(1, 4)).isEqualTo("rows 42 to 44");
    assertThat(axis.span(3, 4)).isEqualTo("row 44");
  }

  @Test
  void datesStandAtEqualDistances() {
    RowAxis axis = new RowAxis(List.of("2020-02-28", "2020-02-29", "2020-03-07"));
    assertThat(axis.name()).isEqualTo("date");
    assertThat(axis.xs(0, 3)).containsExactly(0, 1, 2);
    assertThat(axis.label(2)).isEqualTo("2020-03-07");
    assertThat(axis.label(3)).isEqualTo(RowAxis.BLANK);
    assertThat(axis.label(-1)).isEqualTo(RowAxis.BLANK);
    assertThat(axis.span(0, 3)).isEqualTo("2020-02-28 to 2020-03-07");
    assertThat(axis.span(1, 2)).isEqualTo("2020-02-29");
  }
}
