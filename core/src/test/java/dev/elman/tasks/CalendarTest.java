package dev.elman.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.data.DataException;
import dev.elman.data.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates are read in the notations that can be told apart, and never silently misread. */
class CalendarTest {
  private static Table table(String... days) {
    List<String[]> rows = new ArrayList<>();
    for (String day : days) {
      rows.add(new String[] {"rain", day, "7"});
    }
    List<Integer> lines = IntStream.range(2, 2 + days.length).boxed().toList();
    return Table.of("t.csv", List.of("sky", "day", "mm"), rows, lines);
  }

  @ParameterizedTest
  @CsvSource({
    "2012-01-31, 2012-02-01",
    "2012/01/31, 2012/02/01",
    "31.01.2012, 01.02.2012",
    "31.1.2012, 1.2.2012",
    "1/31/2012, 2/1/2012",
    "31/01/2012, 01/02/2012",
    "2012-01-31T00:00, 2012-02-01T00:00",
    "1/31/2012 0:00, 2/1/2012 0:00:00.0"
  })
  void readsWhatCanBeToldApart(String one, String other) {
    Table table = table(one, other);
    assertThat(Calendar.find(table)).isEqualTo("day");
    assertThat(Calendar.dates(table, "day"))
        .containsExactly(
            LocalDate.of(2012, 1, 31).atStartOfDay(), LocalDate.of(2012, 2, 1).atStartOfDay());
  }

  @Test
  void readsATimeOfDay() {
    assertThat(Calendar.dates(table("31.1.2012 8:05", "1.2.2012 17:30:12"), "day"))
        .containsExactly(
            LocalDate.of(2012, 1, 31).atTime(8, 5), LocalDate.of(2012, 2, 1).atTime(17, 30, 12));
  }

  @Test
  void refusesDatesWhoseDayMayBeTheMonth() {
    Table months = table("01/01/2012", "02/01/2012");
    assertThat(Calendar.find(months)).isEqualTo("day");
    refused(
        months,
        "Expected dates of which the day can be told from the month in column 'day', found"
            + " '02/01/2012', and no number over 12 among days or months.");
    assertThat(Calendar.dates(table("05/05/2012", "06/06/2012"), "day")).hasSize(2); // the same
  }

  @Test
  void refusesTheNewestFirstAndDatesThatStandTwice() {
    refused(
        table("12/31/2015", "12/30/2015", "12/29/2015"),
        "the oldest first, found '12/30/2015' after '12/31/2015' in line 3.",
        "Likely cause: the file has the newest row first.",
        "Cure: turn the order of its rows round");
    refused(
        table("2012-01-30", "2012-01-31", "2012-01-31", "2012-02-01"),
        "found '2012-01-31' twice, in lines 3 and 4.",
        "Likely cause: a row was exported twice",
        "Cure: remove one of the two rows");
    refused(
        table("2012-01-30", "2012-02-01", "2012-01-31"),
        "found '2012-01-31' after '2012-02-01' in line 4.",
        "Likely cause: the file is not sorted");
  }

  @Test
  void refusesACellThatIsNoDate() {
    refused(table("30.1.2012", "31.1.2012", "31.2.2012"), "'31.2.2012' in line 4 of t.csv");
  }

  @Test
  void leavesTextsAloneOfWhichTheFirstLooksLikeADate() {
    assertThat(Calendar.find(table("1.2.2003", "2.0", "2.1.2003.4"))).isEmpty();
  }

  private static void refused(Table table, String... says) {
    assertThatThrownBy(() -> Calendar.dates(table, "day"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(says);
  }

  private static List<String> notes(String... days) {
    return ForecastTask.of("mm").notes(table(days));
  }

  @ParameterizedTest
  @CsvSource({"12/31/15, 12/30/15", "31-Dec-15, 30-Dec-15", "2015-12, 2015-11"})
  void saysThatDatesOfAnotherNotationAreNotUsed(String one, String other) {
    assertThat(notes(one, other))
        .singleElement()
        .asString()
        .startsWith("Column 'day' looks like dates, such as '" + one + "', but is not used: ")
        .endsWith("write dates as year-month-day.");
    assertThat(notes(one, "unknown")).isEmpty();
  }

  @Test
  void saysWhichRowsAreMissing() {
    String[] days =
        IntStream.range(0, 40)
            .filter(day -> day < 12 || day >= 20)
            .mapToObj(day -> LocalDate.of(2012, 3, 1).plusDays(day).toString())
            .toArray(String[]::new);
    assertThat(notes(days))
        .singleElement()
        .asString()
        .startsWith(
            "8 rows are missing by column 'day': 8 between 2012-03-12 and 2012-03-21. The rows");
    days[31] = "2012-04-09 12:00";
    assertThat(notes(days)).singleElement().asString().contains("2012-03-12 00:00");
    String[] workdays =
        IntStream.of(5, 6, 7, 8, 9, 12, 13, 14, 15, 16)
            .mapToObj(day -> LocalDate.of(2026, 1, day).toString())
            .toArray(String[]::new);
    assertThat(notes(workdays)).isEmpty();
    assertThat(notes("2012-01-31", "2012-02-29", "2012-03-31", "2012-04-30")).isEmpty();
  }
}
