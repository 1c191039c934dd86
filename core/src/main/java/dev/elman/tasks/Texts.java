package dev.elman.tasks;

import dev.elman.data.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Texts to be labelled.
 *
 * @param source where they are from, for messages
 * @param column the column with the texts; empty where each text is a file
 * @param texts none blank
 */
public record Texts(String source, String column, List<String> texts) implements Sequences {
  /** Checks that no text is blank. */
  public Texts {
    texts = List.copyOf(texts);
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).isBlank()) {
        throw new DataException(
            "a text for each label in " + source,
            "an empty one, number " + (i + 1),
            "a cell or a file is empty",
            "take it out, or name another column with --text");
      }
    }
  }

  @Override
  public int size() {
    return texts.size();
  }

  @Override
  public String noun() {
    return "texts";
  }

  @Override
  public String summary() {
    String from = column.isEmpty() ? " (each file is one)" : " (column '" + column + "')";
    return String.format(Locale.ROOT, "texts: %,d%s", size(), from);
  }

  @Override
  public String heading() {
    return column;
  }

  @Override
  public List<String> names() {
    return texts;
  }

  @Override
  public List<String> keys() {
    return texts;
  }

  @Override
  public Texts part(int[] numbers) {
    return new Texts(source, column, Arrays.stream(numbers).mapToObj(texts::get).toList());
  }
}
