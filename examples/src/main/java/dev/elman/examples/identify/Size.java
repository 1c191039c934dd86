package dev.elman.examples.identify;

import dev.elman.tensor.Shape;

/**
 * How much is simulated, learned from and tested.
 *
 * @param record steps of the record
 * @param warmUp steps that are observed before a roll-out, at most
 * @param horizon steps that are rolled out
 * @param tests experiments of two roll-outs each
 * @param batch segments learned from at a time
 * @param seed of everything that is drawn
 */
record Size(int record, int warmUp, int horizon, int tests, int batch, long seed) {
  private static final int APART = 12;

  /** Checks that both parts of the record hold a segment. */
  Size {
    Shape.positive("steps to warm up", warmUp / 2);
    Shape.positive("steps to roll out", horizon);
    Shape.positive("tests", tests);
    int least = 8 * (warmUp + horizon);
    if (record < least) {
      throw new IllegalArgumentException(
          "record: expected at least "
              + least
              + " steps, 8 times those of a warm-up and a roll-out, got "
              + record
              + ".\nCure: a longer --record or a shorter --horizon.");
    }
  }

  /** Steps to learn from; the rest chooses the epoch, and the order of the linear model. */
  int train() {
    return record * 17 / 20;
  }

  /** Steps between the beginnings of segments of a system: whole periods. */
  int apart(ControlledSystem system) {
    return (APART + system.period() - 1) / system.period() * system.period();
  }
}
