package dev.elman.cells;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.RandomStream;

/** Random masks, drawn row by row. */
final class Mask {
  private Mask() {}

  /** As large as x: {@code mark} with the share's probability, else 0. */
  static Node like(Node x, Tape tape, RandomStream random, double share, float mark) {
    Node mask = tape.constant(x.rows(), x.columns());
    for (int i = 0; i < mask.size(); i++) {
      mask.value()[i] = random.nextDouble() < share ? mark : 0;
    }
    return mask;
  }

  /** Requires a share that masks can have. */
  static double requireShare(String what, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          what
              + ", from 0 to below 1, got "
              + share
              + ". Is it a percentage, or the share that nothing happens to? Try 0.1.");
    }
    return share;
  }
}
