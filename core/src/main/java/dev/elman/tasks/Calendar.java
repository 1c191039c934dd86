package dev.elman.tasks;

import dev.elman.data.DataException;
import dev.elman.data.Table;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Columns made of dates: where in the year a row is, and where in the day when rows have times.
 *
 * <p>A place in a cycle is a sine and a cosine, so that its end is next to its start.
 */
final class Calendar {
  private static final double DAYS = 365.2425;
  private static final Pattern LIKE_DATES =
      Pattern.compile(
          "\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}\\b.*|\\d{4}[-/]\\d{2}"
              + "|\\d{1,2}[- .]+\\p{L}{3,9}[- .]+\\d{2,4}\\b.*" // 31-Dec-15
              + "|\\p{L}{3,9}[- .]+\\d{1,2},? \\d{4}\\b.*");

  private Calendar() {}

  /** The first column of dates, by its first cell and most others; empty where there is none. */
  static String find(Table table) {
    return table.columns().stream()
        .filter(column -> areDates(table.text(column)))
        .findFirst()
        .orElse("");
  }

  private static boolean areDates(List<String> cells) {
    List<String> first = cells.subList(0, 1);
    return DateNotation.of(first).readable(first) > 0
        && 2 * DateNotation.of(cells).readable(cells) > cells.size();
  }

  /** Of a table without a column of dates that can be read: that one looks like it. */
  static List<String> unread(Table table) {
    return table.columns().stream()
        .filter(column -> table.text(column).stream().allMatch(Calendar::looksLikeDate))
        .map(
            column ->
                "Column '"
                    + column
                    + "' looks like dates, such as '"
                    + table.text(column).get(0)
                    + "', but is not used: the rows are taken to be in the order of time, the"
                    + " oldest first. To have the order checked and the time of year learned from,"
                    + " write dates as year-month-day.")
        .toList();
  }

  private static boolean looksLikeDate(String cell) {
    return LIKE_DATES.matcher(cell.strip()).matches();
  }

  /** All dates of a column, which must rise. */
  static List<LocalDateTime> dates(Table table, String column) {
    List<String> cells = table.text(column);
    DateNotation notation = DateNotation.of(cells);
    List<LocalDateTime> dates = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Optional<LocalDateTime> date = notation.parse(cells.get(i));
      if (date.isEmpty()) {
        throw new DataException(
            "a date such as 2026-01-31 or 2026-01-31 12:00 in column '" + column + "'",
            "'" + cells.get(i) + "' in line " + table.line(i) + " of " + table.source(),
            "the column holds something else, or dates in another notation",
            "name another column with --time, or write dates as year-month-day");
      }
      dates.add(date.get());
    }
    if (notation.isAmbiguous(cells)) {
      throw new DataException(
          "dates of which the day can be told from the month in column '" + column + "'",
          "'" + cells.get(cells.size() - 1) + "', and no number over 12 among days or months",
          "the file is short, or all rows are of the first days of months",
          "write dates as year-month-day, or name another column with --time");
    }
    requireRising(table, column, dates);
    return dates;
  }

  private static void requireRising(Table table, String column, List<LocalDateTime> dates) {
    int i = 1;
    while (i < dates.size() && dates.get(i).isAfter(dates.get(i - 1))) {
      i++;
    }
    if (i == dates.size()) {
      return;
    }
    List<String> cells = table.text(column);
    boolean twice = dates.get(i).equals(dates.get(i - 1));
    boolean falling =
        IntStream.range(1, dates.size()).noneMatch(k -> dates.get(k).isAfter(dates.get(k - 1)));
    throw new DataException(
        "rows in the order of time by column '" + column + "', the oldest first",
        twice
            ? "'"
                + cells.get(i)
                + "' twice, in lines "
                + table.line(i - 1)
                + " and "
                + table.line(i)
            : "'" + cells.get(i) + "' after '" + cells.get(i - 1) + "' in line " + table.line(i),
        falling
            ? "the file has the newest row first"
            : twice
                ? "a row was exported twice, or the file holds several series"
                : "the file is not sorted, or holds several series one after the other",
        falling
            ? "turn the order of its rows round"
            : twice
                ? "remove one of the two rows, or train on one series a file"
                : "sort it by time, and train on one series a file");
  }

  /** A date as it is shown. */
  static String text(LocalDateTime date, boolean withTime) {
    return withTime
        ? date.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"))
        : date.toLocalDate().toString();
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
