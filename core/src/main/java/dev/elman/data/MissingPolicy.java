package dev.elman.data;

/**
 * What to do with missing cells: those that are empty or say NA, N/A, NaN, null, none, ? or inf.
 *
 * <p>The default everywhere is {@link #REFUSE}: guessed values are a decision of the user.
 */
public enum MissingPolicy {
  /** An error that counts the missing cells of each column. */
  REFUSE,
  /** Rows with a missing cell are left out; the rows around them become neighbours in time. */
  DROP,
  /** The last known value is repeated; before the first one, the first known value. */
  FORWARD_FILL,
  /**
   * A straight line between the known neighbours; at both ends the nearest known value. Rows that
   * test a forecast are filled forward instead: there, the later neighbour is not known yet.
   */
  INTERPOLATE
}
