package dev.elman.optimizers;

/**
 * Cuts the blame that flows back through the state, and leaves gradients as they are.
 *
 * @param stateLimit ±, for each number
 */
record StateClipping(double stateLimit) implements Clipping {
  @Override
  public void clip(double norm, float[] gradient, int from, int to) {
    // all is done on the way back
  }
}
