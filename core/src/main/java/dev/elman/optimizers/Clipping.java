package dev.elman.optimizers;

import dev.elman.kernels.Kernels;
import java.util.List;

/** What is done against gradients that are too large. */
@FunctionalInterface
public interface Clipping {
  /** Nothing. */
  Clipping NONE = Clipping::norm;

  /**
   * Changes gradients in place.
   *
   * @return their global norm before: the root of the sum of all squares
   */
  double clip(List<float[]> gradients);

  /**
   * Scales all gradients when their global norm is above a limit (Pascanu, Mikolov and Bengio
   * 2013), by {@code limit / (norm + 1e-6)} as PyTorch's {@code clip_grad_norm_}.
   */
  static Clipping byNorm(double limit) {
    requirePositive(limit);
    return gradients -> {
      double norm = norm(gradients);
      float factor = (float) Math.min(1, limit / (norm + 1e-6));
      for (int i = 0; i < gradients.size() && factor < 1; i++) {
        scale(gradients.get(i), factor);
      }
      return norm;
    };
  }

  /** Cuts each number to ±limit, as PyTorch's {@code clip_grad_value_}. */
  static Clipping byValue(double limit) {
    requirePositive(limit);
    float most = (float) limit;
    return gradients -> {
      double norm = norm(gradients);
      for (float[] gradient : gradients) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] = Math.max(-most, Math.min(most, gradient[i]));
        }
      }
      return norm;
    };
  }

  private static void requirePositive(double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "clip: expected a limit above 0, got " + limit + ". Use Clipping.NONE for none.");
    }
  }

  private static void scale(float[] gradient, float factor) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= factor;
    }
  }

  /** The global norm. */
  static double norm(List<float[]> gradients) {
    double squares = 0;
    for (float[] gradient : gradients) {
      squares += Kernels.get().sumOfSquares(gradient, 0, gradient.length);
    }
    return Math.sqrt(squares);
  }
}
