package dev.elman.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

  private static final List<String> GAPS = List.of("", "NA", "2", "nan", " ", "-Inf", "10", "?");

  /** One column 'wind' of the given cells; row i stands in line i + 2. */
  private static Table table(List<String> cells) {
    List<String[]> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    for (String cell : cells) {
      rows.add(new String[] {"day" + lines.size(), cell});
      lines.add(lines.size() + 2);
    }
    return Table.of("weather.csv", List.of("date", "wind"), rows, lines);
  }

  private static Table table(String cell) {
    return table(List.of("1", cell, "3"));
  }

  private static float[] settled(MissingPolicy policy) {
    return table(GAPS).complete(policy, List.of("wind")).numbers("wind");
  }

  @Test
  void columnsAreTextUntilAskedForNumbers() {
    Table table = table(List.of(" 1.5", "-2", "3e2", ".5", "+4."));
    assertThat(table.numbers("wind")).containsExactly(1.5f, -2f, 300f, .5f, 4f);
    assertThat(table.text("wind").get(0)).isEqualTo(" 1.5");
    assertThat(table.text("date")).endsWith("day4");
    assertThat(table.numberColumns()).containsExactly("wind");
    assertThat(table.rows()).isEqualTo(5);
    assertThat(table.line(4)).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12,8        | a decimal comma",
        "1.234,5     | points between thousands and a decimal comma",
        "1,234,567.8 | marks between thousands",
        "2012-01-31  | the column holds dates or times",
        "12.5 km/h   | a unit or sign beside the number",
        "50%         | a unit or sign beside the number",
        "1..3        | two decimal points",
        "1e99        | a number too large for 32 bits",
        "0x1p3       | the column holds text",
        "1f          | a unit or sign beside the number",
        "calm        | the column holds text, or its own mark for missing values",
      })
  void textAmongNumbersIsNamedWithItsLineAndLikelyCause(String cell, String cause) {
    assertThatThrownBy(() -> table(cell).numbers("wind"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "Expected a number in column 'wind' of weather.csv, found '" + cell + "' in line 3.\n")
        .hasMessageMatching("(?s).*\nLikely cause: [^\n]*\\Q" + cause + "\\E[^\n]*\nCure: .+");
  }

  @Test
  void aMissingColumnIsToldTheNearestName() {
    assertThatThrownBy(() -> table("2").numbers("wnd"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Expected a column 'wnd' in weather.csv, found the columns date, wind.\n"
                + "Likely cause: the name is mistyped, or the file is another one.\n"
                + "Cure: did you mean 'wind'?");
  }

  @Test
  void equalColumnNamesAreRefused() {
    assertThatThrownBy(
            () -> Table.of("a.csv", List.of("x", "y", "x"), List.<String[]>of(), List.of()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "Expected column names that differ in a.csv, found 'x' more than once.\n")
        .hasMessageContaining("the first line is data and not a header")
        .hasMessageContaining("Cure: rename or remove one of the columns.");
  }

  @Test
  void missingCellsAreRefusedAndCountedUnlessAPolicyIsChosen() {
    for (Runnable refused :
        List.<Runnable>of(() -> settled(MissingPolicy.REFUSE), () -> table(GAPS).numbers("wind"))) {
      assertThatThrownBy(refused::run)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(
              "Expected a number in every cell of weather.csv, found missing cells: 6 in column"
                  + " 'wind' (first '' in line 2).\n")
          .hasMessageContaining("Likely cause: gaps in the recording")
          .hasMessageContaining("drop the rows, repeat the last value (forward fill)");
    }
  }

  @Test
  void gapsAreDroppedRepeatedOrInterpolated() {
    assertThat(settled(MissingPolicy.DROP)).containsExactly(2, 10);
    assertThat(settled(MissingPolicy.FORWARD_FILL)).containsExactly(2, 2, 2, 2, 2, 2, 10, 10);
    assertThat(settled(MissingPolicy.INTERPOLATE)).containsExactly(2, 2, 2, 4, 6, 8, 10, 10);
    Table dropped = table(GAPS).complete(MissingPolicy.DROP, List.of("wind"));
    assertThat(dropped.text("date")).containsExactly("day2", "day6");
    assertThat(dropped.line(1)).isEqualTo(8);
    assertThat(table(GAPS).text("wind")).isEqualTo(GAPS);
  }

  @Test
  void laterRowsDoNotHelpToFillThoseBeforeThem() {
    Table gaps = table(List.of("1", "", "3", "", "", "9", "", "11"));
    assertThat(gaps.complete(MissingPolicy.INTERPOLATE, List.of("wind"), 5).numbers("wind"))
        .containsExactly(1, 2, 3, 3, 3, 9, 9, 11);
    assertThat(gaps.complete(MissingPolicy.INTERPOLATE, List.of("wind"), 6).numbers("wind"))
        .containsExactly(1, 2, 3, 5, 7, 9, 9, 11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP", "FORWARD_FILL", "INTERPOLATE"})
  void aColumnWithoutANumberCannotBeCompleted(MissingPolicy policy) {
    Table empty = table(List.of("", "NA"));
    assertThatThrownBy(() -> empty.complete(policy, List.of("wind")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none in 2 rows")
        .hasMessageContaining("never filled")
        .hasMessageContaining("column out");
    assertThat(empty.numberColumns()).isEmpty();
  }

  @Test
  void aConstantColumnCarriesNoInformation() {
    float[] varied = {2, 2, 3};
    assertThat(Numbers.requireVaried(varied, "wind")).isSameAs(varied);
    assertThatThrownBy(() -> Numbers.requireVaried(new float[] {2, 2, 2}, "wind"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "Expected different values in column 'wind', found the same value 2.0 in all 3 rows.\n")
        .hasMessageContaining("scaling it would divide by zero")
        .hasMessageContaining("Cure: leave this column out, or take more rows.");
  }

  @Test
  void rowsOfNumbersMayEndEarlyButHaveNoGaps() {
    List<String[]> rows = List.of(new String[] {"7", "1", "2"}, new String[] {" ", "3", "NA"});
    Table table = Table.of("r.csv", List.of("a", "b", "c"), rows, List.of(2, 4));
    assertThat(table.numbersByRow(List.of("c", "a"))).isDeepEqualTo(new float[][] {{2, 7}, {}});
    assertThat(table.numbersByRow(List.of("b", "c"))).isDeepEqualTo(new float[][] {{1, 2}, {3}});
    assertThatThrownBy(() -> table.numbersByRow(List.of("a", "b")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected a number in every cell of r.csv that numbers follow in its row, \
            found a missing cell, '' in column 'a', in line 4.
            Likely cause: a gap in the recording, or a value that the export could not write.
            Cure: fill it in the file; only cells at the end of a row may be missing.\
            """);
    assertThatThrownBy(() -> table.numbersByRow(List.of("a", "d")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a column 'd' in r.csv");
  }

  @Test
  void rowsMustFitTheColumns() {
    assertThatThrownBy(
            () ->
                Table.of("a", List.of("x"), List.<String[]>of(new String[] {"1", "2"}), List.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Table: expected 1 cells in row 0, got 2");
  }
}
