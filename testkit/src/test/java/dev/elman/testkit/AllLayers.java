package dev.elman.testkit;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.layers.Bidirectional;
import dev.elman.layers.Dense;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.LearnedStart;
import dev.elman.layers.Merge;
import dev.elman.layers.Recomputed;
import dev.elman.layers.Recurrent;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Residual;
import dev.elman.layers.Skip;
import dev.elman.layers.Stacked;
import dev.elman.layers.Start;
import dev.elman.layers.TanhDense;
import dev.elman.layers.Window;
import dev.elman.layers.Wiring;
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
    cases.addAll(wirings());
    Dense dense = Dense.of("dense.", 3, 5, Initialisation.PYTORCH, 1);
    cases.add(of("dense", dense));
    cases.add(of("tanh units", TanhDense.of("dense.", 3, 5, new Start(Initialisation.PYTORCH, 1))));
    for (Dropout.Mask mask : Dropout.Mask.values()) {
      String name = "dropout " + mask;
      cases.add(of(name, new Dropout(4, 0.4, mask)));
    }
    return cases;
  }

  private static List<Case> wirings() {
    List<Case> cases = new ArrayList<>();
    Cell lstm = Cells.named("lstm");
    Cell gru = Cells.named("gru");
    for (Merge merge : Merge.values()) {
      Bidirectional both =
          new Bidirectional(
              recurrent(gru, "_l0", 3, 4), recurrent(lstm, "_l0_reverse", 3, 4), merge);
      cases.add(of("both directions, " + merge, both));
    }
    for (int tau : new int[] {1, 3, 8}) {
      cases.add(of("window of " + tau, new Window(3, tau)));
    }
    cases.add(of("window recomputed", recomputed(new Window(3, 4))));
    cases.add(of("residual", new Residual(recurrent(gru, "_l0", 4, 4))));
    cases.add(of("residual both directions", new Residual(both(lstm, "_l0", 4, 2))));
    cases.add(of("skip", new Skip(recurrent(lstm, "_l0", 3, 4))));
    LearnedStart learned =
        LearnedStart.of(recurrent(lstm, "_l0", 3, 4), new Recurrent.Name("rnn.", "_l0"));
    cases.add(of("learned first state", learned));
    for (Wiring.Connections connections : Wiring.Connections.values()) {
      Wiring wiring =
          Wiring.DEFAULTS
              .withConnections(connections)
              .withDenseIn(List.of(4))
              .withDenseOut(List.of(3, 2));
      RecurrentStack settings =
          RecurrentStack.DEFAULTS
              .withHidden(5)
              .withLayers(2)
              .withWiring(wiring)
              .withDropout(0.3)
              .withFirstState(RecurrentStack.FirstState.LEARNED);
      cases.add(of("dense layers, " + connections, settings.build("rnn.", 3, 1)));
      cases.add(
          of(
              "windows recomputed, " + connections,
              settings.withCell(Window.NAME).withRecompute(2).build("rnn.", 3, 1)));
      cases.add(
          of(
              "dense layers, both directions, " + connections,
              settings
                  .withDirections(RecurrentStack.Directions.BOTH)
                  .withCell("gru")
                  .build("rnn.", 3, 1)));
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
