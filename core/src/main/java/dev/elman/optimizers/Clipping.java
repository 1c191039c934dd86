package dev.elman.optimizers;

import dev.elman.kernels.Kernels;
import java.util.List;

/**
 * What is done against gradients that are too large: of three kinds, alone or together ({@link
 * #and}).
 */
@FunctionalInterface
public interface Clipping {
  /** Nothing. */
  Clipping NONE = (norm, gradient, from, to) -> {};

  /**
   * Changes some numbers of a gradient in place, from {@code from} to {@code to - 1}. A zero must
   * stay zero: rows of an embedding that a batch did not touch are not cleared after it.
   *
   * @param norm the global norm of all gradients before: the root of the sum of all squares
   */
  void clip(double norm, float[] gradient, int from, int to);

  /**
   * Changes gradients in place.
   *
   * @return their global norm before
   */
  default double clip(List<float[]> gradients) {
    double squares = 0;
    for (float[] gradient : gradients) {
      squares += Kernels.get().sumOfSquares(gradient, 0, gradient.length);
    }
    double norm = Math.sqrt(squares);
    for (float[] gradient : gradients) {
      clip(norm, gradient, 0, gradient.length);
    }
    return norm;
  }

  /**
   * Scales all gradients when their global norm is above a limit (Pascanu, Mikolov and Bengio
   * 2013), by {@code limit / (norm + 1e-6)} as PyTorch's {@code clip_grad_norm_}.
   */
  static Clipping byNorm(double limit) {
    requirePositive(limit);
    return (norm, gradient, from, to) -> {
      float factor = (float) Math.min(1, limit / (norm + 1e-6));
      if (factor < 1) {
        scale(factor, gradient, from, to);
      }
    };
  }

  private static void scale(float factor, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      gradient[i] *= factor;
    }
  }

  /**
   * How large the blame may be that a step passes back to the state before it; infinite for any.
   */
  default double stateLimit() {
    return Double.POSITIVE_INFINITY;
  }

  /** This and another: gradients are changed by this first; of two limits the lower holds. */
  default Clipping and(Clipping other) {
    return new ClippingTwice(this, other);
  }

  /**
   * Cuts the blame that a step passes back to the state before it to ±limit, number by number, at
   * every step of the way back and for every tensor of the state (after Graves 2013, "Generating
   * sequences with recurrent neural networks", who cut it at the gates). Gradients of weights are
   * as large as they come out.
   *
   * <p>Blame is that of the sum of the losses, not of their mean: each term's counts once, however
   * many there are in a batch, and the limit means the same for any.
   */
  static Clipping byState(double limit) {
    requirePositive(limit);
    return new StateClipping(limit);
  }

  /** Cuts each number to ±limit, as PyTorch's {@code clip_grad_value_}. */
  static Clipping byValue(double limit) {
    requirePositive(limit);
    float most = (float) limit;
    return (norm, gradient, from, to) -> {
      for (int i = from; i < to; i++) {
        gradient[i] = Math.max(-most, Math.min(most, gradient[i]));
      }
    };
  }

  private static void requirePositive(double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "clip: expected a limit above 0, got " + limit + ". Use Clipping.NONE for none.");
    }
  }
}
