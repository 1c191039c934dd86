package dev.elman.layers;

import dev.elman.tensor.Shape;
import java.util.List;

/**
 * How the layers of a recurrent network are wired: {@link #DEFAULTS}, and by name what is to be
 * another.
 *
 * @param directions from where sequences are read: one or both
 * @param merge how the two rows of a token become one, where sequences are read both ways
 * @param connections what passes by the layers
 * @param denseIn widths of the hidden layers (dense, then tanh) before each recurrent one, from its
 *     input up: networks from input to hidden (Pascanu, Gulcehre, Cho and Bengio 2014)
 * @param denseOut widths of the hidden layers on top of each step: networks from hidden to output
 */
public record Wiring(
    RecurrentStack.Directions directions,
    Merge merge,
    Connections connections,
    List<Integer> denseIn,
    List<Integer> denseOut) {

  /** Read forwards; each layer reads the one below alone; no dense layers. */
  public static final Wiring DEFAULTS =
      new Wiring(
          RecurrentStack.Directions.FORWARD,
          Merge.CONCATENATE,
          Connections.PLAIN,
          List.of(),
          List.of());

  /** Checks the widths. */
  public Wiring {
    denseIn = List.copyOf(denseIn);
    denseOut = List.copyOf(denseOut);
    denseIn.forEach(
        width -> Shape.positive("width of a dense layer before a recurrent one", width));
    denseOut.forEach(width -> Shape.positive("width of a dense layer on top", width));
  }

  /** What passes by the layers of a network. */
  public enum Connections {
    /** Nothing: each layer reads the one below. */
    PLAIN,
    /** Each layer adds to its input, where it is as wide: {@link Residual}. */
    RESIDUAL,
    /** Each layer reads the input and all layers below, and so does what follows: {@link Skip}. */
    SKIP
  }

  /** The same, read from elsewhere. */
  public Wiring withDirections(RecurrentStack.Directions other) {
    return new Wiring(other, merge, connections, denseIn, denseOut);
  }

  /** The same, the directions merged in another way. */
  public Wiring withMerge(Merge other) {
    return new Wiring(directions, other, connections, denseIn, denseOut);
  }

  /** The same with other connections past the layers. */
  public Wiring withConnections(Connections other) {
    return new Wiring(directions, merge, other, denseIn, denseOut);
  }

  /** The same with hidden layers of these widths before each recurrent one. */
  public Wiring withDenseIn(List<Integer> widths) {
    return new Wiring(directions, merge, connections, widths, denseOut);
  }

  /** The same with hidden layers of these widths on top of each step. */
  public Wiring withDenseOut(List<Integer> widths) {
    return new Wiring(directions, merge, connections, denseIn, widths);
  }
}
