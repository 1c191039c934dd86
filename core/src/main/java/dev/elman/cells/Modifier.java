package dev.elman.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What can stand after a {@code +} in the name of a cell, such as {@code zoneout=P} in {@code
 * gru+zoneout=0.1}: it changes the cell before it.
 */
public enum Modifier {
  PEEPHOLES("peepholes", "lstm", (cell, v) -> lstm(cell).with(LstmVariant.Part.PEEPHOLES)),
  COUPLED("coupled", "lstm", (cell, v) -> lstm(cell).with(LstmVariant.Part.COUPLED)),
  LAYER_NORM("layer-norm", "lstm", (cell, v) -> lstm(cell).with(LstmVariant.Part.LAYER_NORM)),
  PROJECTION(
      "projection=P", "lstm", (cell, v) -> new LstmVariant(lstm(cell).parts(), v.positive())),
  UPDATE_ONLY("update-only", "gru", (cell, v) -> gru(cell, GruVariant.Reset.NONE)),
  RESET_BEFORE("reset-before", "gru", (cell, v) -> gru(cell, GruVariant.Reset.BEFORE)),
  UPDATE_REPLACES(
      "update-replaces",
      "gru",
      (cell, v) ->
          new GruVariant(
              cell instanceof GruVariant g ? g.reset() : GruVariant.Reset.AFTER,
              GruVariant.Update.REPLACES)),
  LEAKY("leaky=A", "", (cell, v) -> new Leaky(cell, v.leak())),
  ZONEOUT("zoneout=P", "", (cell, v) -> new Zoneout(cell, v.real())),
  DROPOUT(
      "dropout=P",
      "",
      (cell, v) -> new RecurrentDropout(cell, v.real(), RecurrentDropout.Often.EACH_SEQUENCE)),
  STEP_DROPOUT(
      "step-dropout=P",
      "",
      (cell, v) -> new RecurrentDropout(cell, v.real(), RecurrentDropout.Often.EACH_STEP)),
  DEEP("deep=N", "", (cell, v) -> new DeepTransition(cell, v.positive())),
  TIME("time=K", "", (cell, v) -> new TimeCell(cell, v.positive()));

  private final String text;
  private final String of; // the cell that alone can have it; empty for any
  private final BiFunction<Cell, Value, Cell> change;

  Modifier(String text, String of, BiFunction<Cell, Value, Cell> change) {
    this.text = text;
    this.of = of;
    this.change = change;
  }

  /** As it is written, with a letter for its value: {@code zoneout=P}. */
  public String text() {
    return text;
  }

  /** The cell that alone can have it; empty where any can. */
  public Optional<String> cell() {
    return of.isEmpty() ? Optional.empty() : Optional.of(of);
  }

  /** What stands before the {@code =}. */
  String word() {
    return text.replaceAll("=.*", "");
  }

  /** The changed cell. */
  Cell change(Cell cell, Value value) {
    if (value.isMissing() == text.contains("=")) {
      throw new IllegalArgumentException(
          "Expected "
              + text
              + " as a modifier of a cell, found '"
              + value.modifier()
              + "'.\nLikely cause: a value is missing, or one too many.\nCure: write "
              + (text.contains("=") ? "it as in " + value.example() : text)
              + ".");
    }
    requireFitting(cell, value);
    return change.apply(cell, value);
  }

  private void requireFitting(Cell cell, Value value) {
    List<String> before = List.of(cell.name().split("\\+"));
    if (!of.isEmpty() && !before.get(0).equals(of)) {
      throw new IllegalArgumentException(
          "Expected a modifier that '"
              + before.get(0)
              + "' can have, found '"
              + text
              + "', which is for "
              + of
              + ".\nLikely cause: a modifier of another cell.\nCure: choose one of "
              + String.join(", ", possible(before.get(0)))
              + "; or begin with "
              + of
              + ".");
    }
    if (!of.isEmpty() && cell instanceof Wrapper) {
      throw new IllegalArgumentException(
          "Expected "
              + text
              + " right after "
              + of
              + ", found it after '"
              + cell.name()
              + "'.\nLikely cause: the order: a modifier changes what stands before it."
              + "\nCure: write "
              + of
              + "+"
              + value.modifier()
              + cell.name().substring(of.length())
              + ".");
    }
    boolean twice = before.stream().anyMatch(m -> m.replaceAll("=.*", "").equals(word()));
    if (twice || this == UPDATE_ONLY && before.contains(RESET_BEFORE.text)) {
      throw clash(cell, value);
    }
    if (this == RESET_BEFORE && before.contains(UPDATE_ONLY.text)) {
      throw clash(cell, value);
    }
  }

  private static IllegalArgumentException clash(Cell cell, Value value) {
    return new IllegalArgumentException(
        "Expected each modifier once, and none that another rules out, found '"
            + value.modifier()
            + "' after '"
            + cell.name()
            + "'.\nLikely cause: it was written twice, or for a gate that the cell does not have."
            + "\nCure: leave one of them away.");
  }

  /** The modifiers that a cell of that name can have. */
  static List<String> possible(String cell) {
    List<String> texts = new ArrayList<>();
    for (Modifier modifier : values()) {
      if (modifier.of.isEmpty() || modifier.of.equals(cell)) {
        texts.add(modifier.text);
      }
    }
    return texts;
  }

  private static LstmVariant lstm(Cell cell) {
    return cell instanceof LstmVariant variant ? variant : LstmVariant.PLAIN;
  }

  private static Cell gru(Cell cell, GruVariant.Reset reset) {
    boolean replaces = cell instanceof GruVariant g && g.update() == GruVariant.Update.REPLACES;
    return new GruVariant(reset, replaces ? GruVariant.Update.REPLACES : GruVariant.Update.KEEPS);
  }

  /**
   * A modifier as it was written.
   *
   * @param modifier such as {@code zoneout=0.1}
   */
  record Value(String modifier) {
    boolean isMissing() {
      return !modifier.contains("=");
    }

    String text() {
      return modifier.substring(modifier.indexOf('=') + 1);
    }

    String example() {
      return modifier.replaceAll("=.*", "")
          + (modifier.matches("(deep|projection).*")
              ? "=32"
              : modifier.startsWith("time") ? "=5" : "=0.1");
    }

    double real() {
      try {
        return Double.parseDouble(text());
      } catch (NumberFormatException e) {
        throw noNumber("a number", e);
      }
    }

    int positive() {
      try {
        int number = Integer.parseInt(text());
        if (number >= 1) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw noNumber("a whole number of at least 1", e);
      }
      throw noNumber("a whole number of at least 1", null);
    }

    Leak leak() {
      for (Leak.OfUnits leak : Leak.OfUnits.values()) {
        if (leak.text().equals(text())) {
          return leak;
        }
      }
      try {
        return new Leak.Fixed(Double.parseDouble(text()));
      } catch (NumberFormatException e) {
        throw noNumber("a number between 0 and 1, or sampled, or learned", e);
      }
    }

    private IllegalArgumentException noNumber(String expected, Exception cause) {
      return new IllegalArgumentException(
          "Expected "
              + expected
              + " after the = of a modifier, found '"
              + modifier
              + "'.\nLikely cause: a slip of the pen.\nCure: write it as in "
              + example()
              + ".",
          cause);
    }
  }
}
