package dev.elman.tasks;

import dev.elman.data.DataException;
import dev.elman.data.Table;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Columns made of dates: where in the year a row is, and where in the day when rows have times.
 *
 * <p>A place in a cycle is a sine and a cosine, so that its end is next to its start.
 */
final class Calendar {
  private static final double DAYS = 365.2425;
  private static final List<DateTimeFormatter> WITH_TIME =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE_TIME,
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm[:ss]"),
          DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm[:ss]"));
  private static final List<DateTimeFormatter> DATE_ONLY =
      List.of(DateTimeFormatter.ISO_LOCAL_DATE, DateTimeFormatter.ofPattern("yyyy/MM/dd"));

  private Calendar() {}

  /** The first column whose first cell is a date; empty where there is none. */
  static String find(Table table) {
    return table.columns().stream()
        .filter(column -> parse(table.text(column).get(0)).isPresent())
        .findFirst()
        .orElse("");
  }

  /** All dates of a column, which must rise. */
  static List<LocalDateTime> dates(Table table, String column) {
    List<LocalDateTime> dates = new ArrayList<>();
    List<String> cells = table.text(column);
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      int line = table.line(i);
      LocalDateTime date =
          parse(cell)
              .orElseThrow(
                  () ->
                      new DataException(
                          "a date such as 2026-01-31 or 2026-01-31 12:00 in column '"
                              + column
                              + "'",
                          "'" + cell + "' in line " + line + " of " + table.source(),
                          "the column holds something else, or dates in another notation",
                          "name another column with --time, or write dates as year-month-day"));
      if (i > 0 && !date.isAfter(dates.get(i - 1))) {
        throw new DataException(
            "rows in the order of time by column '" + column + "'",
            "'" + cell + "' after '" + cells.get(i - 1) + "' in line " + line,
            "the file is not sorted, or holds several series one after the other",
            "sort it by time, and train on one series a file");
      }
      dates.add(date);
    }
    return dates;
  }

  private static Optional<LocalDateTime> parse(String text) {
    for (DateTimeFormatter format : WITH_TIME) {
      try {
        return Optional.of(LocalDateTime.parse(text.strip(), format));
      } catch (DateTimeParseException e) {
        continue; // the next format may fit
      }
    }
    for (DateTimeFormatter format : DATE_ONLY) {
      try {
        return Optional.of(LocalDate.parse(text.strip(), format).atStartOfDay());
      } catch (DateTimeParseException e) {
        continue;
      }
    }
    return Optional.empty();
  }

  /** Whether any row is at another time than midnight. */
  static boolean hasTimes(List<LocalDateTime> dates) {
    return dates.stream().anyMatch(date -> !date.toLocalTime().equals(LocalTime.MIDNIGHT));
  }

  /** Names of the columns made of a date column. */
  static List<String> names(String column, boolean times) {
    List<String> names = new ArrayList<>(List.of(column + ".year.sin", column + ".year.cos"));
    if (times) {
      names.addAll(List.of(column + ".day.sin", column + ".day.cos"));
    }
    return names;
  }

  /** The column of that name. */
  static float[] values(List<LocalDateTime> dates, String name) {
    boolean ofYear = name.endsWith(".year.sin") || name.endsWith(".year.cos");
    float[] values = new float[dates.size()];
    for (int i = 0; i < values.length; i++) {
      LocalDateTime date = dates.get(i);
      double day = date.toLocalTime().toSecondOfDay() / 86400.0;
      double turn = ofYear ? (date.getDayOfYear() - 1 + day) / DAYS : day;
      double angle = 2 * Math.PI * turn;
      values[i] = (float) (name.endsWith("sin") ? StrictMath.sin(angle) : StrictMath.cos(angle));
    }
    return values;
  }
}
