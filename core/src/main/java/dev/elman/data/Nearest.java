package dev.elman.data;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that is nearest to a mistyped one.
 *
 * <p>Distance is the number of letters inserted, deleted, replaced or swapped with their neighbour
 * (the optimal string alignment distance of Damerau and Levenshtein), upper and lower case being
 * equal.
 */
public final class Nearest {

  private Nearest() {}

  /**
   * The candidate with the smallest distance, the first of several; empty when all are further away
   * than a third of the wanted name's length (at least 1), so that nothing silly is suggested.
   */
  public static Optional<String> of(String wanted, Collection<String> candidates) {
    String nearest = null;
    int smallest = Math.max(1, wanted.length() / 3) + 1;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - wanted.length()) >= smallest) {
        continue;
      }
      int distance = distance(wanted, candidate);
      if (distance < smallest) {
        smallest = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The words {@code did you mean 'temp_max'?}, or the list of all candidates if none is near. */
  public static String suggestion(String wanted, Collection<String> candidates) {
    return of(wanted, candidates)
        .map(name -> "did you mean '" + name + "'?")
        .orElseGet(() -> "choose one of: " + String.join(", ", candidates));
  }

  /** The edit distance of two names, case ignored. */
  public static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
        if (swapped(a, i, b, j)) {
          current[j] = Math.min(current[j], 1 + beforePrevious[j - 2]);
        }
      }
      int[] oldest = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = oldest;
    }
    return previous[b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
