package dev.elman.testkit;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.layers.Bidirectional;
import dev.elman.layers.Dense;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.Recurrent;
import dev.elman.layers.Stacked;
import java.util.ArrayList;
import java.util.List;

/** A small instance of every layer: the one list that the contract of layers runs over. */
final class AllLayers {
  private AllLayers() {}

  /**
   * A layer to be tested.
   *
   * @param causal whether a row depends on no later row, so that sequences can be cut into chunks
   */
  record Case(String name, Layer layer, boolean causal) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Cell cell : Cells.all()) {
      cases.add(of(cell.name(), recurrent(cell, "_l0", 3, 5), true));
      cases.add(
          of(cell.name() + " step by step", recurrent(new StepOnly(cell), "_l0", 3, 5), true));
      cases.add(of("both directions of " + cell.name(), both(cell, "_l0", 3, 2), false));
      cases.add(
          of(
              "two layers of " + cell.name(),
              new Stacked(List.of(recurrent(cell, "_l0", 2, 5), recurrent(cell, "_l1", 5, 3))),
              true));
    }
    Cell lstm = Cells.named("lstm");
    Cell gru = Cells.named("gru");
    cases.add(
        of(
            "different cells, both directions, dropout and dense layer",
            new Stacked(
                List.of(
                    both(lstm, "_l0", 2, 3),
                    new Dropout(6, 0.4, Dropout.Mask.EACH_TOKEN),
                    recurrent(gru, "_l1", 6, 4),
                    Dense.of("head.", 4, 2, Initialisation.PYTORCH, 1))),
            false));
    Dense dense = Dense.of("dense.", 3, 5, Initialisation.PYTORCH, 1);
    cases.add(of("dense", dense, true));
    for (Dropout.Mask mask : Dropout.Mask.values()) {
      String name = "dropout " + mask;
      cases.add(of(name, new Dropout(4, 0.4, mask), true));
    }
    return cases;
  }

  private static Case of(String name, Layer layer, boolean causal) {
    Probe.scatter(layer.weights(), 0.8f);
    return new Case(name, layer, causal);
  }

  static Recurrent recurrent(Cell cell, String suffix, int inputs, int hidden) {
    Recurrent.Name name = new Recurrent.Name("rnn.", suffix);
    return new Recurrent(name, cell, inputs, hidden, Initialisation.PYTORCH, 1);
  }

  static Bidirectional both(Cell cell, String suffix, int inputs, int hidden) {
    return new Bidirectional(
        recurrent(cell, suffix, inputs, hidden),
        recurrent(cell, suffix + "_reverse", inputs, hidden));
  }
}
