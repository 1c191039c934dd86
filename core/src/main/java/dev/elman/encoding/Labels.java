package dev.elman.encoding;

import dev.elman.data.DataException;
import dev.elman.data.Nearest;
import java.util.List;
import java.util.TreeSet;

/**
 * The classes that a model tells apart, each with a code from 0 to V - 1.
 *
 * @param names in the order of their codes
 */
public record Labels(List<String> names) {
  /**
   * Copies the names.
   *
   * @throws IllegalArgumentException when one stands there twice
   */
  public Labels {
    names = List.copyOf(names);
    if (new TreeSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("Labels: expected each name once, got " + names + ".");
    }
  }

  /**
   * All labels that occur, sorted.
   *
   * @throws DataException when there is one class only
   */
  public static Labels of(String source, List<String> labels) {
    List<String> names = List.copyOf(new TreeSet<>(labels));
    if (names.size() < 2) {
      throw new DataException(
          "at least two classes in " + source,
          names.isEmpty() ? "none" : "only '" + names.get(0) + "'",
          "the label column is another one, or the file was filtered",
          "name the column with --label, or add sequences of other classes");
    }
    return new Labels(names);
  }

  /** V. */
  public int size() {
    return names.size();
  }

  /**
   * The class of a code.
   *
   * @throws IllegalArgumentException when no class has the code
   */
  public String name(int code) {
    if (code < 0 || code >= size()) {
      throw new IllegalArgumentException(
          "Labels: expected a code from 0 to " + (size() - 1) + ", got " + code + ".");
    }
    return names.get(code);
  }

  /**
   * The codes of some labels.
   *
   * @throws DataException when one is unknown
   */
  public int[] encode(String source, List<String> labels) {
    int[] codes = new int[labels.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = names.indexOf(labels.get(i));
      if (codes[i] < 0) {
        throw new DataException(
            "only the model's " + size() + " classes in " + source,
            "the class '" + labels.get(i) + "'",
            "the model was trained on other classes, or the label is mistyped",
            "train anew with this class, or correct it; "
                + Nearest.suggestion(labels.get(i), names));
      }
    }
    return codes;
  }
}
