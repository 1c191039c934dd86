package dev.elman.optimizers;

/**
 * One clipping after another.
 *
 * @param first changes gradients before the second does; both are told the norm before either
 */
record ClippingTwice(Clipping first, Clipping second) implements Clipping {
  @Override
  public void clip(double norm, float[] gradient, int from, int to) {
    first.clip(norm, gradient, from, to);
    second.clip(norm, gradient, from, to);
  }

  @Override
  public double stateLimit() {
    return Math.min(first.stateLimit(), second.stateLimit());
  }
}
