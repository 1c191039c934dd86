package dev.elman.tasks;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a column writes its dates; a time of day may follow each. */
enum DateNotation {
  /** 2026-01-31 and 2026/01/31. */
  YEAR_FIRST("uuuu[-][/]M[-][/]d"),
  /** 31.1.2026. */
  POINTS("d.M.uuuu"),
  /** 1/31/2026. */
  MONTH_FIRST("M/d/uuuu"),
  /** 31/1/2026. */
  DAY_FIRST("d/M/uuuu");

  private final DateTimeFormatter format;

  DateNotation(String date) {
    format =
        new DateTimeFormatterBuilder()
            .appendPattern(date + "[['T'][' ']H:mm[:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
  }

  /** The first notation that reads all cells, else the one that reads the most. */
  static DateNotation of(List<String> cells) {
    return Stream.of(values())
        .filter(notation -> notation.readsAll(cells))
        .findFirst()
        .orElseGet(
            () ->
                Stream.of(values())
                    .max(Comparator.comparing(notation -> notation.readable(cells)))
                    .orElseThrow());
  }

  /** How many cells are dates in this notation. */
  long readable(List<String> cells) {
    return cells.stream().filter(cell -> parse(cell).isPresent()).count();
  }

  private boolean readsAll(List<String> cells) {
    return cells.stream().allMatch(cell -> parse(cell).isPresent());
  }

  /** Whether another notation reads all cells, too, as other dates. */
  boolean isAmbiguous(List<String> cells) {
    return Stream.of(values())
        .filter(other -> other != this && other.readsAll(cells))
        .anyMatch(other -> !cells.stream().allMatch(c -> parse(c).equals(other.parse(c))));
  }

  /** The date in a cell, at midnight where it has no time. */
  Optional<LocalDateTime> parse(String cell) {
    try {
      TemporalAccessor found = format.parse(cell.strip());
      LocalTime time = found.query(TemporalQueries.localTime());
      LocalDate date = LocalDate.from(found);
      return Optional.of(date.atTime(time == null ? LocalTime.MIDNIGHT : time));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
