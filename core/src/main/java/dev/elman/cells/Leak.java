package dev.elman.cells;

import dev.elman.tensor.RandomStream;

/** How much of its old output a leaky unit keeps: a, for a time constant of {@code -1 / ln a}. */
public sealed interface Leak {
  /** As a modifier says it, after {@code leaky=}. */
  String text();

  /**
   * One number for all units.
   *
   * @param share a, above 0 and below 1
   */
  record Fixed(double share) implements Leak {
    /** Checks the share. */
    public Fixed {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            "leaky: expected the share of the old output that is kept, above 0 and below 1, got "
                + share
                + ". Try 0.9, for a memory of some ten steps.");
      }
    }

    @Override
    public String text() {
      return String.valueOf(share);
    }
  }

  /**
   * A number for each unit, at first {@code a = exp(-1/τ)} with a time constant τ log-uniform
   * between 1 and 100 steps, drawn from the seed of the weights.
   */
  enum OfUnits implements Leak {
    /** The weight {@code leak [H]} is a, which is saved, but never trained (Mozer 1992). */
    SAMPLED("sampled"),
    /** The weight {@code leak [H]} is trained; {@code a = σ(leak)}. */
    LEARNED("learned");

    private static final double LONGEST = 100; // steps

    private final String text;

    OfUnits(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }

    /** The first value of a unit's weight. */
    float first(RandomStream random) {
      double a = Math.exp(-Math.pow(LONGEST, -random.nextDouble()));
      return (float) (this == SAMPLED ? a : Math.log(a / (1 - a)));
    }
  }
}
