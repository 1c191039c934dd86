package dev.elman.tasks;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Steps of time that are missing among dates in equal steps. */
final class Gaps {
  private static final double REGULAR = 0.9;
  private static final int SHOWN = 3;

  private Gaps() {}

  /**
   * The missing steps in one sentence; none where nine in ten rows are not equally far apart, as
   * with days of business.
   *
   * @param column of the dates
   * @param dates rising
   */
  static List<String> notes(String column, List<LocalDateTime> dates) {
    TreeMap<Duration, Integer> counts = new TreeMap<>();
    for (int i = 1; i < dates.size(); i++) {
      counts.merge(Duration.between(dates.get(i - 1), dates.get(i)), 1, Integer::sum);
    }
    Duration step = Duration.ZERO;
    int most = 0;
    for (var entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        step = entry.getKey();
      }
    }
    if (most < REGULAR * (dates.size() - 1)) {
      return List.of();
    }
    long missing = 0;
    List<String> places = new ArrayList<>();
    for (int i = 1; i < dates.size(); i++) {
      LocalDateTime before = dates.get(i - 1);
      LocalDateTime after = dates.get(i);
      long lacking = Duration.between(before, after).dividedBy(step) - 1;
      if (lacking > 0) {
        missing += lacking;
        places.add(lacking + " between " + text(before, dates) + " and " + text(after, dates));
      }
    }
    return missing == 0 ? List.of() : List.of(sentence(column, missing, places));
  }

  private static String sentence(String column, long missing, List<String> places) {
    List<String> shown = places.subList(0, Math.min(SHOWN, places.size()));
    return (missing == 1 ? "1 row is" : missing + " rows are")
        + " missing by column '"
        + column
        + "': "
        + String.join(", ", shown)
        + (places.size() > SHOWN ? " and in " + (places.size() - SHOWN) + " more places" : "")
        + ". The rows around a gap are taken to follow one another; fill it in the file if they"
        + " should not.";
  }

  private static String text(LocalDateTime date, List<LocalDateTime> dates) {
    return Calendar.text(date, Calendar.hasTimes(dates));
  }
}
