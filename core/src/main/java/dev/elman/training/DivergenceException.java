package dev.elman.training;

/** Training stopped because its loss left all bounds; the best weights so far are in the model. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DivergenceException(String found, double learningRate, boolean clipped, int bestEpoch) {
    super(
        "Expected the loss to fall, found "
            + found
            + ".\nLikely cause: the learning rate "
            + learningRate
            + " is too high"
            + (clipped ? "" : ", gradients are not clipped")
            + ", or inputs are not scaled.\nCure: try a learning rate of "
            + learningRate / 10
            + (clipped ? ". " : ", and clip gradients to a norm of 1. ")
            + (bestEpoch == 0
                ? "No epoch was complete, so there are no good weights to keep."
                : "The weights of epoch " + bestEpoch + ", the best so far, are kept."));
  }
}
