package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.Weight;
import java.util.List;
import java.util.Locale;

/**
 * A function from rows {@code [N, inputs]} to rows {@code [N, outputs]}, with weights, and with a
 * state where it has a memory.
 *
 * <p>State is a value that goes in and comes out; the layer itself holds none and is shared by all
 * threads.
 */
public interface Layer {
  int inputs();

  int outputs();

  /** The weights, in their fixed order. */
  List<Weight> weights();

  /** The width of each state tensor {@code [B, width]}; empty for a layer without memory. */
  int[] states();

  /**
   * Whether no row depends on later rows of its sequence, so that sequences can be run in parts,
   * the state passed on.
   */
  default boolean causal() {
    return true;
  }

  /**
   * Applies the layer to whole sequences.
   *
   * @param x {@code [N, inputs]}, packed
   * @param state one node {@code [B, width]} for each of {@link #states}
   * @return rows {@code [N, outputs]} and the state after each sequence's last step
   */
  Output forward(Tape tape, Packing packing, Node x, Node[] state);

  /**
   * This layer bound to one stream, which it reads row by row: the same numbers as {@link #forward}
   * gives for the whole sequence, to the bit.
   *
   * @param state gives the layer its tensors, in the order of {@link #states}
   * @throws IllegalArgumentException when rows depend on later rows
   */
  default Stepper stepper(StreamState state) {
    return new TapeStep(this, state);
  }

  /** A layer bound to one stream; for one thread. */
  @FunctionalInterface
  interface Stepper {
    /**
     * Reads a row and changes the stream's state.
     *
     * @param row {@code [inputs]}, or longer
     * @return {@code [outputs]}: to be read only, valid until the next step
     */
    float[] step(float[] row);
  }

  /**
   * The state before the first step of B sequences: zeros, where the layer has not learned others
   * ({@link LearnedStart}). Layers made of others ask them.
   */
  default Node[] firstState(Tape tape, int sequences) {
    int[] widths = states();
    Node[] zeros = new Node[widths.length];
    for (int s = 0; s < widths.length; s++) {
      zeros[s] = tape.zeros(sequences, widths[s]);
    }
    return zeros;
  }

  /**
   * Says what the layer is made of: the connections of {@link #forward}, between boxes instead of
   * numbers. A layer of layers asks these.
   *
   * @param x what goes in
   * @return what comes out
   */
  default Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    String name = getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return states().length > 0
        ? diagram.recurrent(Diagram.Box.of(name, this), "state", x)
        : diagram.box(Diagram.Box.of(name, this), x);
  }

  /**
   * What a layer gives.
   *
   * @param rows {@code [N, outputs]}
   * @param state one node {@code [B, width]} for each state tensor
   */
  record Output(Node rows, Node[] state) {
    static final Node[] STATELESS = new Node[0];
  }
}
