package dev.elman.bench;

/**
 * Symbols drawn as words are in a text: the k-th of V symbols has probability {@code log(1 + 1/k) /
 * log(V + 1)}, about 1/k of the first one's (Zipf's law).
 *
 * <p>Always the same ones: a linear congruential generator of 32 bits (Numerical Recipes, {@code x
 * = 1664525·x + 1013904223}), so that other programs draw them, too.
 */
final class Symbols {
  private static final double RANGE = 0x1p32;

  private final int count;
  private int x = 1;

  /** Draws from 0 to V - 1. */
  Symbols(int count) {
    this.count = count;
  }

  /** The next of them. */
  int next() {
    x = 1664525 * x + 1013904223;
    double share = Integer.toUnsignedLong(x) / RANGE;
    return Math.min(count, (int) StrictMath.pow(count + 1.0, share)) - 1;
  }

  /** The next n of them. */
  int[] next(int n) {
    int[] codes = new int[n];
    for (int i = 0; i < n; i++) {
      codes[i] = next();
    }
    return codes;
  }
}
