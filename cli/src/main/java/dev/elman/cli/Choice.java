package dev.elman.cli;

import dev.elman.checkpoints.ModelFolder;
import dev.elman.data.Nearest;
import dev.elman.kernels.Threads;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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

  /** A share from 0 to below 1. */
  static double share(String option, double typed, String example) {
    if (!(typed >= 0 && typed < 1)) {
      throw new IllegalArgumentException(
          "Expected a share from 0 to below 1 as "
              + option
              + ", found "
              + typed
              + ".\nLikely cause: a percentage, or the share kept instead of the one dropped."
              + "\nCure: try "
              + option
              + " "
              + example
              + ", or leave it away.");
    }
    return typed;
  }

  /** As many threads as typed, as there are cores where nothing was; to be closed. */
  static Threads threads(Integer typed) {
    return new Threads(threadCount(typed));
  }

  /** The same, how many. */
  static int threadCount(Integer typed) {
    return positive(
        "--threads", typed == null ? Runtime.getRuntime().availableProcessors() : typed, "2");
  }

  /** Rising numbers between 0 and 1. */
  static List<Double> quantiles(List<Double> typed) {
    for (int i = 0; i < typed.size(); i++) {
      if (!(typed.get(i) > (i == 0 ? 0 : typed.get(i - 1)) && typed.get(i) < 1)) {
        throw new IllegalArgumentException(
            "Expected rising numbers between 0 and 1 as --quantiles, found "
                + typed
                + ".\nLikely cause: another order, one of them twice, or percentages."
                + "\nCure: write them as in --quantiles 0.1,0.5,0.9.");
      }
    }
    return typed;
  }

  /** A text of at least one character. */
  static String someText(String option, String typed) {
    if (typed.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected a text as "
              + option
              + ", found none.\n"
              + "Likely cause: a script with an empty variable.\n"
              + "Cure: name the text, or leave the option away.");
    }
    return typed;
  }

  /** The name of a picture. */
  static Path picture(Path typed) {
    String name = typed.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".png") && !name.endsWith(".svg")) {
      throw new IllegalArgumentException(
          "Expected a name that ends with .png or .svg as --plot, found "
              + typed
              + ".\nLikely cause: another kind of picture, or none, was named."
              + "\nCure: try --plot forecast.png.");
    }
    return typed;
  }

  /** The folder of a model, where it was not swapped with the data. */
  static Path model(Path typed, Path data) {
    if (!ModelFolder.isModel(typed) && ModelFolder.isModel(data)) {
      throw new IllegalArgumentException(
          "Expected the folder of a model, then data as --data, found a model as --data, "
              + data
              + ".\nLikely cause: the two were swapped.\nCure: write "
              + data
              + " --data "
              + typed);
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
