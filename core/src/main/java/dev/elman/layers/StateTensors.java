package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.batches.Packing;
import dev.elman.tensor.Shape;

/** Checks that a layer is given the state tensors that it has. */
final class StateTensors {
  private StateTensors() {}

  static void require(String what, Layer layer, Node[] state) {
    int expected = layer.states().length;
    if (state.length != expected) {
      throw new IllegalArgumentException(
          "State of "
              + what
              + ": expected "
              + expected
              + " tensors, got "
              + state.length
              + ". Pass the state that the layer's firstState or its last output gave.");
    }
  }

  /** Requires one tensor {@code [B, width]} for each of the layer's states. */
  static void require(String what, Layer layer, Packing packing, Node[] state) {
    require(what, layer, state);
    int[] widths = layer.states();
    for (int s = 0; s < state.length; s++) {
      Shape.require(
          "State of " + what,
          new int[] {packing.sequences(), widths[s]},
          new int[] {state[s].rows(), state[s].columns()},
          "A carried state needs a batch of as many sequences.");
    }
  }
}
