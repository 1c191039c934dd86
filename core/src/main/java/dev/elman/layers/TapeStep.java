package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;

/**
 * Any layer bound to one stream, by its {@link Layer#forward} for sequences of one step: buffers
 * are used again, small objects are not.
 */
final class TapeStep implements Layer.Stepper {
  private static final Packing ONE = Packing.equal(1, 1);

  private final Layer layer;
  private final Tape tape = Tape.inference(Kernels.get());
  private final float[][] state;
  private final Node[] before;
  private final float[] rows;

  TapeStep(Layer layer, StreamState stream) {
    if (!layer.causal()) {
      throw new IllegalArgumentException(
          "Step by step: expected a network that reads forwards only, got one that reads both ways:"
              + " its backward half begins at the end of a sequence, which a stream has not"
              + " reached.\nCure: train without --bidirectional, or predict whole sequences.");
    }
    this.layer = layer;
    int[] widths = layer.states();
    state = new float[widths.length][];
    for (int s = 0; s < widths.length; s++) {
      state[s] = stream.tensor(widths[s]);
    }
    before = new Node[widths.length];
    rows = new float[layer.outputs()];
  }

  @Override
  public float[] step(float[] row) {
    tape.reset();
    for (int s = 0; s < before.length; s++) {
      before[s] = tape.constant(1, state[s].length, state[s]);
    }
    Node x = tape.constant(1, layer.inputs(), row);
    Layer.Output output = layer.forward(tape, ONE, x, before.clone());
    for (int s = 0; s < before.length; s++) {
      System.arraycopy(output.state()[s].value(), 0, state[s], 0, state[s].length);
    }
    System.arraycopy(output.rows().value(), 0, rows, 0, rows.length);
    return rows;
  }
}
