package dev.elman.layers;

import dev.elman.autodiff.Node;

/** A check that a layer is given as many state tensors as it has. */
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
              + ". Pass the state that the layer's zeroState or its last output gave.");
    }
  }
}
