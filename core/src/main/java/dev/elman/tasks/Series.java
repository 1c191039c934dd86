package dev.elman.tasks;

import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns of a table that a forecaster reads, as numbers.
 *
 * @param names of the columns
 * @param columns their numbers, equally long
 * @param dates of the rows; empty where there are none
 */
public record Series(List<String> names, List<float[]> columns, List<LocalDateTime> dates) {

  /** What a forecaster reads of a table, down to its last row. */
  public static Series of(TrainedForecaster trained, Table table, MissingPolicy missing) {
    return read(table, trained.columns(), trained.time(), missing, table.rows());
  }

  /**
   * Reads columns of a table, and makes the calendar columns among them.
   *
   * @param names as {@link #names} of the series a model was trained on
   * @param time the date column; empty for none
   * @param ahead the first row that must not help to fill those before it
   */
  static Series read(
      Table table, List<String> names, String time, MissingPolicy missing, int ahead) {
    List<String> fromTable = names.stream().filter(name -> !isCalendar(name, time)).toList();
    Table complete = table.complete(missing, fromTable, ahead);
    List<LocalDateTime> dates = time.isEmpty() ? List.of() : Calendar.dates(complete, time);
    List<float[]> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(isCalendar(name, time) ? Calendar.values(dates, name) : complete.numbers(name));
    }
    return new Series(names, columns, dates);
  }

  static boolean isCalendar(String name, String time) {
    return !time.isEmpty() && Calendar.names(time, true).contains(name);
  }

  /** How many rows there are. */
  public int rows() {
    return columns.get(0).length;
  }

  /** What a row is called: its date, or its number from 1; rows after the last go on alike. */
  public String label(int row) {
    if (dates.isEmpty()) {
      return Integer.toString(row + 1);
    }
    LocalDateTime date = row < rows() ? dates.get(row) : after(row - rows() + 1);
    return Calendar.text(date, Calendar.hasTimes(dates));
  }

  private LocalDateTime after(int steps) {
    LocalDateTime last = dates.get(rows() - 1);
    if (rows() < 2) {
      return last.plusDays(steps);
    }
    LocalDateTime before = dates.get(rows() - 2);
    if (workdaysOnly()) {
      return inWorkdays(last, steps);
    }
    long months = ChronoUnit.MONTHS.between(YearMonth.from(before), YearMonth.from(last));
    return months > 0 && !evenlySpaced() && inMonths(before, months).equals(last)
        ? inMonths(last, months * steps)
        : last.plus(Duration.between(before, last).multipliedBy(steps));
  }

  /** Months later; counted from the next day, so that ends of months lead to ends of months. */
  private static LocalDateTime inMonths(LocalDateTime date, long months) {
    return date.plusDays(1).plusMonths(months).minusDays(1);
  }

  /** Whether these are days of business: a week or more of days, none of them a weekend's. */
  private boolean workdaysOnly() {
    return rows() > 5
        && Duration.between(dates.get(0), dates.get(rows() - 1)).toDays() < 2L * rows()
        && dates.stream().noneMatch(Series::isWeekend)
        && IntStream.range(1, rows())
            .allMatch(i -> Duration.between(dates.get(i - 1), dates.get(i)).toHours() % 24 == 0);
  }

  private static LocalDateTime inWorkdays(LocalDateTime date, int days) {
    LocalDateTime later = date;
    for (int left = days; left > 0; left -= isWeekend(later) ? 0 : 1) {
      later = later.plusDays(1);
    }
    return later;
  }

  private static boolean isWeekend(LocalDateTime date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private boolean evenlySpaced() {
    Duration first = Duration.between(dates.get(0), dates.get(1));
    return IntStream.range(1, rows())
        .allMatch(i -> Duration.between(dates.get(i - 1), dates.get(i)).equals(first));
  }
}
