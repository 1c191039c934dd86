package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Diagram;
import dev.elman.layers.Layer;
import dev.elman.losses.Loss;
import dev.elman.tensor.Weights;

/** Layers and a loss wired for a task; shared by all threads as long as nobody trains it. */
public interface Model {
  /** The task's name on the command line and in files, such as {@code forecaster}. */
  String task();

  /** All that training changes, in its fixed order. */
  Weights weights();

  /** The width of each state tensor {@code [B, width]}. */
  int[] states();

  /**
   * Predictions for whole sequences.
   *
   * @param state one node {@code [B, width]} for each of {@link #states}
   * @return rows as {@link #loss} takes them, and the state after the last steps
   */
  Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state);

  /** Says what the model is made of: the connections of {@link #forward}, between boxes. */
  default void describe(Diagram diagram) {
    Diagram.Wire x = diagram.input("input", 1);
    Diagram.Box box = Diagram.Box.of(task(), 1, 1, weights().list());
    diagram.output("prediction", diagram.box(box, x));
  }

  /** What training makes small. */
  Loss loss();

  /** What it is measured by: the same, without what only helps training (label smoothing). */
  default Loss measure() {
    return loss();
  }

  /** A state of zeros for B sequences. */
  default Node[] zeroState(Tape tape, int sequences) {
    int[] widths = states();
    Node[] zeros = new Node[widths.length];
    for (int s = 0; s < widths.length; s++) {
      zeros[s] = tape.zeros(sequences, widths[s]);
    }
    return zeros;
  }
}
