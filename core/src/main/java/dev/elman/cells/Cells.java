package dev.elman.cells;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cells that settings and files can name. */
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

  /** All cells. */
  public static List<Cell> all() {
    return new ArrayList<>(BY_NAME.values());
  }

  /**
   * The cell of that name.
   *
   * @throws IllegalArgumentException when there is none, with the names there are
   */
  public static Cell named(String name) {
    Cell cell = BY_NAME.get(name);
    if (cell == null) {
      throw new IllegalArgumentException(
          "Unknown cell '"
              + name
              + "'. Expected one of "
              + String.join(", ", BY_NAME.keySet())
              + ".");
    }
    return cell;
  }
}
