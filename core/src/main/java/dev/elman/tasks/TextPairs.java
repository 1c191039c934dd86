package dev.elman.tasks;

import dev.elman.data.DataException;
import dev.elman.data.Table;
import dev.elman.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Texts, each with the text that is to be made of it.
 *
 * @param origin where they are from, for messages
 * @param columns the columns of sources and of targets
 * @param sources none blank
 * @param targets one for each, none blank
 */
public record TextPairs(
    String origin, List<String> columns, List<String> sources, List<String> targets) {
  /** Checks that no text is blank and each has its partner. */
  public TextPairs {
    sources = List.copyOf(sources);
    targets = List.copyOf(targets);
    Shape.require(
        "Targets",
        new int[] {sources.size()},
        new int[] {targets.size()},
        "Each source needs its target.");
    requireTexts(origin, columns.get(0), sources);
    requireTexts(origin, columns.get(1), targets);
  }

  /**
   * The pairs of a table.
   *
   * @throws DataException when a column is missing or a cell blank
   */
  public static TextPairs of(Table table, String source, String target) {
    return new TextPairs(
        table.source(), List.of(source, target), table.text(source), table.text(target));
  }

  private static void requireTexts(String origin, String column, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).isBlank()) {
        throw new DataException(
            "a text in every cell of column '" + column + "' of " + origin,
            "an empty one, in pair " + (i + 1),
            "a cell is empty",
            "take the row out, or name other columns with --source and --target");
      }
    }
  }

  /** How many there are. */
  public int size() {
    return sources.size();
  }

  /** Those with the given numbers. */
  public TextPairs part(int[] numbers) {
    return new TextPairs(
        origin,
        columns,
        Arrays.stream(numbers).mapToObj(sources::get).toList(),
        Arrays.stream(numbers).mapToObj(targets::get).toList());
  }
}
