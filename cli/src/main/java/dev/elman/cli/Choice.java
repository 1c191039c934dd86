package dev.elman.cli;

import dev.elman.data.Nearest;
import java.util.List;

/** Checks of what was typed, so that every message reads alike. */
final class Choice {
  private Choice() {}

  /** One of some names. */
  static String of(String option, String typed, List<String> names) {
    if (!names.contains(typed)) {
      throw new IllegalArgumentException(
          "Expected one of "
              + String.join(", ", names)
              + " as "
              + option
              + ", found '"
              + typed
              + "'.\nLikely cause: a misspelt name.\nCure: "
              + Nearest.suggestion(typed, names));
    }
    return typed;
  }

  /** A whole number of at least 1. */
  static int positive(String option, int typed, String example) {
    if (typed < 1) {
      throw new IllegalArgumentException(
          "Expected a whole number of at least 1 as "
              + option
              + ", found "
              + typed
              + ".\n"
              + "Likely cause: a slip of the pen, or a script with an empty variable.\n"
              + "Cure: try "
              + option
              + " "
              + example
              + ", or leave it away.");
    }
    return typed;
  }
}
