package dev.elman.cells;

import dev.elman.data.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cells that settings and files can name: one of {@link #all}, and after it any {@link
 * Modifier}s.
 *
 * <pre>{@code
 * lstm
 * lstm+peepholes+layer-norm
 * gru+reset-before+zoneout=0.1
 * rnn+leaky=0.9
 * }</pre>
 *
 * <p>Each modifier changes what stands before it: {@code rnn+leaky=0.9+zoneout=0.1} is zoneout of
 * leaky units.
 */
public final class Cells {
  private static final Map<String, Cell> BY_NAME = new LinkedHashMap<>();

  static {
    for (Cell cell :
        List.of(
            new LstmCell(),
            new GruCell(),
            new RnnCell(RnnCell.Activation.TANH),
            new RnnCell(RnnCell.Activation.RELU),
            new RnnCell(RnnCell.Activation.SIGMOID))) {
      BY_NAME.put(cell.name(), cell);
    }
  }

  private Cells() {}

  /** All cells without modifiers. */
  public static List<Cell> all() {
    return new ArrayList<>(BY_NAME.values());
  }

  /**
   * The cell of that name. Its own name may have the modifiers of the cell itself in another order,
   * and names the same cell.
   *
   * @throws IllegalArgumentException when there is none, with the names there are; when a modifier
   *     is unknown, misplaced or has a wrong value, with those that are possible
   */
  public static Cell named(String name) {
    String[] parts = name.split("\\+", -1);
    Cell cell = BY_NAME.get(parts[0]);
    if (cell == null) {
      throw unknown("as a cell", parts[0], new ArrayList<>(BY_NAME.keySet()), List.of());
    }
    for (int i = 1; i < parts.length; i++) {
      String word = parts[i].replaceAll("=.*", "");
      Optional<Modifier> modifier =
          Arrays.stream(Modifier.values()).filter(m -> m.word().equals(word)).findFirst();
      if (modifier.isEmpty()) {
        String where = "after the + of '" + name + "'";
        List<String> possible = Modifier.possible(parts[0]);
        throw unknown(where, parts[i], possible, words(possible));
      }
      cell = modifier.get().change(cell, new Modifier.Value(parts[i]));
    }
    return cell;
  }

  private static List<String> words(List<String> texts) {
    return texts.stream().map(text -> text.replaceAll("=.*", "")).toList();
  }

  private static IllegalArgumentException unknown(
      String where, String typed, List<String> names, List<String> words) {
    String word = words.isEmpty() ? typed : typed.replaceAll("=.*", "");
    return new IllegalArgumentException(
        "Expected one of "
            + String.join(", ", names)
            + " "
            + where
            + ", found '"
            + typed
            + "'.\nLikely cause: a misspelt name.\nCure: "
            + Nearest.suggestion(word, words.isEmpty() ? names : words));
  }
}
