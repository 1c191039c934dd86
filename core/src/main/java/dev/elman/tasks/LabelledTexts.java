package dev.elman.tasks;

import dev.elman.data.DataException;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts, each with the name of its class.
 *
 * @param source where they are from, for messages
 * @param textColumn the column with the texts; empty where each text is a file
 * @param labelColumn the column with the labels; empty where they are names of folders
 * @param texts none blank
 * @param labels one for each text
 */
public record LabelledTexts(
    String source, String textColumn, String labelColumn, List<String> texts, List<String> labels) {
  /** Checks that no text is blank. */
  public LabelledTexts {
    texts = List.copyOf(texts);
    labels = List.copyOf(labels);
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).isBlank()) {
        throw new DataException(
            "a text for each label in " + source,
            "an empty one, number " + (i + 1) + ", labelled '" + labels.get(i) + "'",
            "a cell or a file is empty",
            "take it out, or name another column with --text");
      }
    }
  }

  /** Those with the given numbers. */
  public LabelledTexts part(int[] numbers) {
    List<String> partTexts = new ArrayList<>();
    List<String> partLabels = new ArrayList<>();
    for (int i : numbers) {
      partTexts.add(texts.get(i));
      partLabels.add(labels.get(i));
    }
    return new LabelledTexts(source, textColumn, labelColumn, partTexts, partLabels);
  }
}
