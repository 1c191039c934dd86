package dev.elman.testkit;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import java.util.ArrayList;
import java.util.List;

/**
 * The one list of cells that contracts run over: all without modifiers, each modifier alone, and
 * some together; for layers of 4 units or more.
 */
final class AllCells {
  private static final List<String> MODIFIED =
      List.of(
          "lstm+peepholes",
          "lstm+coupled",
          "lstm+layer-norm",
          "lstm+projection=2",
          "lstm+peepholes+coupled+layer-norm+projection=3",
          "gru+update-only",
          "gru+reset-before",
          "gru+update-replaces",
          "gru+update-only+update-replaces",
          "gru+reset-before+update-replaces",
          "rnn+leaky=0.9",
          "lstm+projection=2+leaky=sampled",
          "gru+leaky=learned",
          "lstm+zoneout=0.1",
          "gru+dropout=0.3",
          "lstm+step-dropout=0.2",
          "rnn+deep=3",
          "gru+reset-before+deep=2",
          "rnn-sigmoid+time=2",
          "lstm+peepholes+dropout=0.2+deep=3+zoneout=0.1+leaky=learned+time=1");

  private AllCells() {}

  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>(Cells.all());
    MODIFIED.forEach(name -> cells.add(Cells.named(name)));
    return cells;
  }

  /** Those that are written as equations alone. */
  static List<Cell> modified() {
    return MODIFIED.stream().map(Cells::named).toList();
  }
}
