package dev.elman.testkit;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small instances of every cell and layer: the list that drives the contract tests. */
final class Samples {
  static final int D = 3;
  static final int H = 5;

  /** B = 4 sequences of unequal lengths, T = 6. */
  static final Packing PACKING = Packing.of(6, 4, 4, 1);

  private Samples() {}

  static List<Cell> cells() {
    return Cells.all();
  }

  static Recurrent recurrent(Cell cell, int inputs, String suffix) {
    return new Recurrent(
        new Recurrent.Name("", suffix), cell, inputs, H, Initialisation.PYTORCH, 5);
  }

  /** Every layer there is, by name. */
  static Map<String, Layer> layers() {
    Map<String, Layer> layers = new LinkedHashMap<>();
    for (Cell cell : cells()) {
      layers.put("Recurrent " + cell.name(), recurrent(cell, D, "_l0"));
      layers.put("Recurrent step by step " + cell.name(), recurrent(new StepOnly(cell), D, "_l0"));
    }
    Cell lstm = Cells.named("lstm");
    layers.put(
        "Bidirectional",
        new Bidirectional(recurrent(lstm, D, "_l0"), recurrent(lstm, D, "_l0_reverse")));
    layers.put(
        "Stacked",
        new Stacked(
            List.of(
                recurrent(Cells.named("gru"), D, "_l0"),
                new Dropout(H, 0.4, Dropout.Mask.EACH_SEQUENCE),
                recurrent(lstm, H, "_l1"))));
    layers.put("Dense", Dense.of("", D, 4, Initialisation.ORTHOGONAL, 5));
    layers.put("Dropout", new Dropout(D, 0.4, Dropout.Mask.EACH_TOKEN));
    layers.put("Dropout, variational", new Dropout(D, 0.4, Dropout.Mask.EACH_SEQUENCE));
    return layers;
  }

  /** The inputs of a layer and of its state, random. */
  static List<GradientCheck.Input> inputs(Layer layer, Packing packing) {
    List<GradientCheck.Input> inputs = new ArrayList<>();
    inputs.add(GradientCheck.Input.random("x", packing.tokens(), layer.inputs()));
    for (int s = 0; s < layer.states().length; s++) {
      inputs.add(GradientCheck.Input.random("state " + s, packing.sequences(), layer.states()[s]));
    }
    return inputs;
  }

  static Layer.Output run(Tape tape, Layer layer, Packing packing, Node[] inputs) {
    Node[] state = Arrays.copyOfRange(inputs, 1, inputs.length);
    return layer.forward(tape, packing, inputs[0], state);
  }

  static Node[] nodes(Tape tape, List<GradientCheck.Input> inputs) {
    return inputs.stream()
        .map(input -> tape.input(input.rows(), input.columns(), input.values()))
        .toArray(Node[]::new);
  }
}
