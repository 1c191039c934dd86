package dev.elman.autodiff;

import java.util.List;

/**
 * Is shown each time step that recurrent layers take on a tape, for whoever looks inside: {@link
 * Tape#watch}.
 *
 * <p>For a witness, layers run their equations step by step, so that every gate and every state is
 * a node with a value and, after {@link Tape#backward}, a gradient. The same numbers come out, more
 * slowly.
 */
@FunctionalInterface
public interface Witness {
  /** One step of one layer, in the order in which they are taken. */
  void step(Step step);

  /**
   * A step of a layer.
   *
   * @param layer its name, as it stands in its weights' names: {@code rnn_l0}
   * @param time from 0; of a layer that reads backwards counted from the end
   * @param map the equations
   * @param x the input {@code [B, D]}
   * @param before the state that went in, nodes {@code [B, H]}
   * @param after the state that came out, the output first
   * @param named what the equations have named, such as gates
   */
  record Step(
      String layer,
      int time,
      StateMap map,
      Node x,
      Node[] before,
      Node[] after,
      List<Node> named) {}

  /** From an input and a state to the next state: a cell with its weights. */
  @FunctionalInterface
  interface StateMap {
    /** The equations once more, on any tape. */
    Node[] apply(Tape tape, Node x, Node[] state);
  }
}
