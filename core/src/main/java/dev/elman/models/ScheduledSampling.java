package dev.elman.models;

import java.util.Locale;

/**
 * How often a decoder in training reads what it would have said itself, instead of the true symbol:
 * more and more often, so that it learns to go on from its own mistakes (Bengio et al. 2015).
 *
 * <pre>{@code
 * share(u) = most·u                                              LINEAR
 *            1 - (1 - most)^u                                    EXPONENTIAL
 *            most·(σ(12u - 6) - σ(-6)) / (σ(6) - σ(-6))          INVERSE_SIGMOID
 * }</pre>
 *
 * <p>u is the part of the training that is done, from 0 to 1: all begin with teacher forcing and
 * end at {@code most}. (The paper counts steps instead, and the share of true symbols.)
 *
 * @param curve from none to most
 * @param most the share at the end; 0 for teacher forcing all the way
 */
public record ScheduledSampling(Curve curve, double most) {
  /** Teacher forcing: the true symbol at every step. */
  public static final ScheduledSampling NONE = new ScheduledSampling(Curve.LINEAR, 0);

  private static final double STEEP = 6;

  /** The way from none to most. */
  public enum Curve {
    /** By equal steps. */
    LINEAR,
    /** Fast at first. */
    EXPONENTIAL,
    /** Slow at both ends. */
    INVERSE_SIGMOID
  }

  /** Checks the share. */
  public ScheduledSampling {
    if (!(most >= 0 && most <= 1) || most == 1 && curve == Curve.EXPONENTIAL) {
      throw new IllegalArgumentException(
          "scheduled sampling: expected a share of own symbols from 0 to 1"
              + (curve == Curve.EXPONENTIAL ? ", below 1 on an exponential curve" : "")
              + ", got "
              + most
              + ". Try 0.25.");
    }
  }

  /** The share of own symbols when a part of the training is done, from 0 to 1. */
  public double share(double done) {
    return switch (curve) {
      case LINEAR -> most * done;
      case EXPONENTIAL -> 1 - StrictMath.pow(1 - most, done);
      case INVERSE_SIGMOID ->
          most * (sigmoid(STEEP * (2 * done - 1)) - sigmoid(-STEEP)) / (1 - 2 * sigmoid(-STEEP));
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  @Override
  public String toString() {
    return most == 0
        ? "teacher forcing"
        : "scheduled sampling up to "
            + most
            + ", "
            + curve.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
