package dev.elman.metrics;

import java.util.List;

/** How many symbols must be put in, taken out or replaced to make one sequence of another. */
public final class EditDistance {
  private EditDistance() {}

  /** The distance (Levenshtein 1966). */
  public static int of(List<?> a, List<?> b) {
    int[] row = new int[b.size() + 1]; // distances of a's beginning to each beginning of b
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.size(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.size()];
  }
}
