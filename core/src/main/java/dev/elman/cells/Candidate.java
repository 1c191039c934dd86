package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import java.util.Map;

/**
 * The candidate of a gated cell: what its gates write into the state, an LSTM's g or a GRU's n.
 *
 * <p>A cell that passes it through {@link #of} and says so by {@link Cell#hasCandidate} lets {@link
 * RecurrentDropout} mask it at each step.
 */
public final class Candidate {
  /** Where its mask stands among the weights of a step that has one. */
  static final String MASK = "mask of the candidate";

  private Candidate() {}

  /** The candidate, masked where there is a mask among the weights of this step. */
  public static Node of(Equations e, Map<String, Node> weights, Node candidate) {
    Node mask = weights.get(MASK);
    return mask == null ? candidate : e.multiply(candidate, mask);
  }
}
