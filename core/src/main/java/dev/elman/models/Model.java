package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Diagram;
import dev.elman.layers.Layer;
import dev.elman.layers.StreamState;
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
   * @param inputs read where they lie: they must stay as they are until the tape is reset
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

  /**
   * This model bound to one stream, which it reads step by step; each prediction is the one that
   * {@link #forward} gives when the sequence ends there, to the bit.
   *
   * @param state gives the model its tensors, in the order of {@link #states}
   * @throws IllegalArgumentException where predictions need whole sequences, with the reason
   */
  default Stepper stepper(StreamState state) {
    throw new IllegalArgumentException(
        "Step by step: expected a model that predicts at every step, got a "
            + task()
            + ", which reads whole sequences.\nCure: predict whole sequences.");
  }

  /**
   * What tells models of one task and equal weights apart, such as the cell: the same text in every
   * release.
   */
  default String variant() {
    return "";
  }

  /** A model bound to one stream; for one thread. */
  @FunctionalInterface
  interface Stepper {
    /**
     * Reads one step and changes the stream's state.
     *
     * @param row one row of inputs
     * @return one row of predictions: to be read only, valid until the next step
     */
    float[] step(Values row);
  }

  /** What training makes small. */
  Loss loss();

  /** What it is measured by: the same, without what only helps training (label smoothing). */
  default Loss measure() {
    return loss();
  }

  /**
   * Whether no prediction depends on later rows, so that sequences can be read in parts, the state
   * passed on.
   */
  default boolean causal() {
    return true;
  }

  /**
   * The state before the first step of B sequences: zeros, where a layer has not learned others.
   * Models made of layers ask them.
   */
  default Node[] firstState(Tape tape, int sequences) {
    int[] widths = states();
    Node[] zeros = new Node[widths.length];
    for (int s = 0; s < widths.length; s++) {
      zeros[s] = tape.zeros(sequences, widths[s]);
    }
    return zeros;
  }
}
