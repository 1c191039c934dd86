package dev.elman.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static Series of(String... days) {
    List<LocalDateTime> dates =
        Stream.of(days).map(day -> LocalDate.parse(day).atStartOfDay()).toList();
    return new Series(List.of("x"), List.of(new float[days.length]), dates);
  }

  @Test
  void goesOnFromMonthToMonth() {
    Series firsts = of("2025-11-01", "2025-12-01", "2026-01-01");
    assertThat(firsts.label(3)).isEqualTo("2026-02-01");
    assertThat(firsts.label(5)).isEqualTo("2026-04-01");
    Series ends = of("2025-12-31", "2026-01-31", "2026-02-28");
    assertThat(ends.label(3)).isEqualTo("2026-03-31");
    assertThat(ends.label(4)).isEqualTo("2026-04-30");
  }

  @Test
  void goesOnFromYearToYear() {
    assertThat(of("2023-06-30", "2024-06-30", "2025-06-30").label(4)).isEqualTo("2027-06-30");
  }

  @Test
  void goesOnInEqualSteps() {
    assertThat(of("2026-01-04", "2026-02-01", "2026-03-01").label(3)).isEqualTo("2026-03-29");
    assertThat(of("2026-01-30", "2026-01-31").label(2)).isEqualTo("2026-02-01");
  }

  @Test
  void goesOnInDaysOfBusiness() {
    Series days =
        of("2026-01-05", "2026-01-06", "2026-01-07", "2026-01-09", "2026-01-12", "2026-01-15");
    assertThat(days.label(6)).isEqualTo("2026-01-16");
    assertThat(days.label(7)).isEqualTo("2026-01-19");
    assertThat(days.label(12)).isEqualTo("2026-01-26");
    Series mondays =
        of("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09");
    assertThat(mondays.label(6)).isEqualTo("2026-02-16");
  }

  @Test
  void readsADayFromAColumnWithYearInItsName() {
    List<LocalDateTime> dates = List.of(LocalDateTime.of(2026, 7, 1, 6, 0));
    assertThat(Calendar.values(dates, "the.year.when.day.sin")).containsExactly(1);
  }
}
