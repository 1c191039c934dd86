package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;

/** A model on its way along one sequence, in parts: the state is carried from part to part. */
final class Walk {
  private final Model model;
  private final Tape tape = Tape.inference(Kernels.get());
  private final float[][] carried;

  Walk(Model model) {
    this.model = model;
    int[] widths = model.states();
    carried = new float[widths.length][];
    for (int s = 0; s < widths.length; s++) {
      carried[s] = new float[widths[s]];
    }
  }

  /** Reads on; the rows are valid until the next call. */
  Node read(Values inputs) {
    tape.reset();
    Node[] state = new Node[carried.length];
    for (int s = 0; s < state.length; s++) {
      state[s] = tape.constant(1, carried[s].length, carried[s]);
    }
    Layer.Output output = model.forward(tape, Packing.equal(1, inputs.rows()), inputs, state);
    for (int s = 0; s < state.length; s++) {
      System.arraycopy(output.state()[s].value(), 0, carried[s], 0, carried[s].length);
    }
    return output.rows();
  }
}
