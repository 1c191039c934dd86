package dev.elman.testkit;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.layers.Bidirectional;
import dev.elman.layers.Dense;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.Recomputed;
import dev.elman.layers.Recurrent;
import dev.elman.layers.Stacked;
import dev.elman.layers.Start;
import dev.elman.layers.TanhDense;
import java.util.ArrayList;
import java.util.List;

/** A small instance of every layer: the one list that the contract of layers runs over. */
final class AllLayers {
  private AllLayers() {}

  /** A layer to be tested. */
  record Case(String name, Layer layer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Cell cell : Cells.all()) {
      cases.add(of(cell.name(), recurrent(cell, "_l0", 3, 5)));
      cases.add(of(cell.name() + " step by step", recurrent(new StepOnly(cell), "_l0", 3, 5)));
      cases.add(of("both directions of " + cell.name(), both(cell, "_l0", 3, 2)));
      cases.add(
          of(
              "two layers of " + cell.name(),
              new Stacked(List.of(recurrent(cell, "_l0", 2, 5), recurrent(cell, "_l1", 5, 3)))));
      cases.add(of(cell.name() + " recomputed", recomputed(recurrent(cell, "_l0", 3, 5))));
    }
    for (Cell cell : AllCells.modified()) {
      cases.add(of(cell.name(), recurrent(cell, "_l0", 3, 5)));
    }
    Cell projected = Cells.named("lstm+projection=2");
    cases.add(
        of(
            "both directions and two layers of a projected cell",
            new Stacked(List.of(both(projected, "_l0", 2, 3), recurrent(projected, "_l1", 4, 3)))));
    cases.add(
        of(
            "both directions of a cell that counts its steps",
            both(Cells.named("rnn+time=2"), "_l0", 2, 3)));
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
                    Dense.of("head.", 4, 2, Initialisation.PYTORCH, 1)))));
    cases.add(
        of("step by step, recomputed", recomputed(recurrent(new StepOnly(lstm), "_l0", 3, 5))));
    cases.add(
        of(
            "different cells with dropout and dense layer, recomputed within what is recomputed",
            new Recomputed(
                new Stacked(
                    List.of(
                        new Recomputed(recurrent(lstm, "_l0", 2, 3), 1),
                        new Dropout(3, 0.4, Dropout.Mask.EACH_TOKEN),
                        recomputed(recurrent(gru, "_l1", 3, 4)),
                        new Dropout(4, 0.3, Dropout.Mask.EACH_SEQUENCE),
                        Dense.of("head.", 4, 2, Initialisation.PYTORCH, 1))),
                4)));
    Dense dense = Dense.of("dense.", 3, 5, Initialisation.PYTORCH, 1);
    cases.add(of("dense", dense));
    cases.add(of("tanh units", TanhDense.of("dense.", 3, 5, new Start(Initialisation.PYTORCH, 1))));
    for (Dropout.Mask mask : Dropout.Mask.values()) {
      String name = "dropout " + mask;
      cases.add(of(name, new Dropout(4, 0.4, mask)));
    }
    return cases;
  }

  private static Case of(String name, Layer layer) {
    Probe.scatter(layer.weights(), 0.8f);
    return new Case(name, layer);
  }

  private static Recomputed recomputed(Layer inner) {
    return new Recomputed(inner, 2);
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
