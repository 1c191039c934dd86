package dev.elman.cells;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * One time step of a recurrent network: from an input and a state to the next state.
 *
 * <p>Its {@link #step} is the definition, written as equations on the tape; that is all a new cell
 * needs in order to be trained by {@code Recurrent}. Cells whose speed matters implement {@link
 * FusedCell} too.
 */
public interface Cell {
  /** The name in settings and files, such as {@code lstm}. */
  String name();

  /** The weights for D inputs and H units, in their fixed order. */
  List<WeightShape> weights(int inputs, int hidden);

  /**
   * The width of each state tensor {@code [B, width]} for H units; the first is the output.
   *
   * <p>Most are H; a projected output is narrower, and a step number is one wide.
   */
  int[] widths(int hidden);

  /** The letters of {@link #widths}, as diagrams write them: {@code h, c}. */
  default String stateLetters() {
    return widths(1).length > 1 ? "h, c" : "h";
  }

  /** How wide the output is for H units: as the first state tensor. */
  default int outputs(int hidden) {
    return widths(hidden)[0];
  }

  /**
   * The next state.
   *
   * @param tape where the equations are recorded
   * @param weights by the names of {@link #weights}
   * @param x the input {@code [B, D]}
   * @param state one node {@code [B, width]} for each of {@link #widths}
   * @return as many nodes of the same shapes, the output first
   */
  Node[] step(Tape tape, Map<String, Node> weights, Node x, Node[] state);

  /** Whether {@link #step} passes its candidate through {@link Candidate#of}. */
  default boolean hasCandidate() {
    return false;
  }

  /** Whether this cell draws random numbers in training, such as which units to drop. */
  default boolean draws() {
    return false;
  }

  /**
   * The cell as it is at one step of a run that draws; itself where it {@link #draws} nothing. A
   * cell that draws and was given no such place takes the mean of all draws, as inference does.
   */
  default Cell at(Draw draw) {
    return this;
  }

  /**
   * What initialisations that set biases put into those of a gate: 0 if a cell says nothing else.
   *
   * @param bias the name of the weight, as in {@link #weights}
   * @param gate from 0, in the order of that weight's rows; 0 where each gate has its own weight
   */
  default float firstBias(String bias, int gate) {
    return 0;
  }

  /**
   * What a gate does, for initialisations that depend on it; {@link Role#OTHER} if a cell says
   * nothing else, for every gate of every weight but the one where it counts.
   *
   * @param weight the name, as in {@link #weights}: of a bias for a gate, of a recurrent matrix for
   *     the candidate
   * @param gate from 0, in the order of that weight's rows; 0 where each gate has its own weight
   */
  default Role role(String weight, int gate) {
    return Role.OTHER;
  }

  /**
   * The first value of one number of a weight of {@link Kind#OWN} or {@link Kind#FIXED}: 0 if a
   * cell says nothing else.
   *
   * @param random the weight's own stream, from which its numbers are drawn in order
   */
  default float first(String weight, RandomStream random) {
    return 0;
  }

  /**
   * The name, kind and shape of a weight of a cell.
   *
   * @param name PyTorch's, without layer and direction: {@code weight_ih}
   */
  record WeightShape(String name, Kind kind, int... shape) {}

  /** What a weight is multiplied with, which is what its initial values depend on. */
  enum Kind {
    /** Multiplied with the input, or with what a step computes. */
    INPUT,
    /**
     * Multiplied with the output of the step before, or with a gated form of it, by {@code
     * Equations.product}: there wrappers put their masks and layers.
     */
    RECURRENT,
    /** A number for each unit, added or multiplied with the unit's own. */
    BIAS,
    /** Begins as {@link Cell#first} says, whatever the initialisation. */
    OWN,
    /** Begins so, too, and is saved with the others, but training leaves it as it is. */
    FIXED
  }
}
