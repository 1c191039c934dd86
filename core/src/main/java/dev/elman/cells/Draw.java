package dev.elman.cells;

import dev.elman.tensor.RandomStream;

/**
 * Where a cell's random numbers come from: one step of one run over a batch.
 *
 * <p>Nothing that was drawn before matters, so a run that is cut into parts, or run again, draws
 * the same. Sequences are sorted by length: those still running at a step are the first rows of
 * those at the step before, and so are their numbers when a cell draws row by row.
 *
 * @param seed of the run
 * @param step from 0, counted from where the run begins, also in a part of it
 */
public record Draw(long seed, int step) {
  /** A stream that is new at each step. */
  public RandomStream ofStep(String purpose) {
    return RandomStream.of(seed, purpose, step);
  }

  /** A stream that is the same at every step of the run. */
  public RandomStream ofRun(String purpose) {
    return RandomStream.of(seed, purpose);
  }
}
