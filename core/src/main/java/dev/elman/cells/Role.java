package dev.elman.cells;

import java.util.List;

/** What a gate does to the memory of its unit, for initialisations that ask. */
public enum Role {
  /** Open, it keeps what is remembered: a forget gate, an update gate that keeps. */
  KEEPS,
  /** Open, it admits what is new, and closed, it keeps: an input gate. */
  ADMITS,
  /** It is no gate but what is new. */
  CANDIDATE,
  /** None of these. */
  OTHER;

  /**
   * That of a gate of PyTorch's weights: {@code weight_hh} for a candidate, else {@code bias_ih},
   * as the two biases are added.
   *
   * @param gates the role of each gate, in order
   */
  static Role of(List<Role> gates, String weight, int gate) {
    boolean hasRoles = weight.equals("weight_hh") || weight.equals("bias_ih");
    Role role = hasRoles ? gates.get(gate) : OTHER;
    return weight.equals("weight_hh") == (role == CANDIDATE) ? role : OTHER;
  }
}
