package dev.elman.kernels;

import java.util.concurrent.locks.LockSupport;

/**
 * Has the JIT compile vector loops before their first use, and waits until it has.
 *
 * <p>Each group of loops does it in a static initialiser, so that it happens once, for what is used
 * alone, and whoever needs it at once waits ({@link Loops}). The loops stand in classes of their
 * own: what is compiled while its class is not yet initialised knows no constants, and would box.
 *
 * <p>A loop over vectors that is first compiled while it runs (on-stack replacement) may box every
 * vector, and then stays a hundred times slower for the life of the JVM. Compiled after many calls
 * with two turns of the loop, it never does. Which loops are still slow is told by the clock; no
 * result depends on it.
 */
final class WarmUp {

  private static final int CALLS = 6_000;
  private static final int FEW_TURNS = 2;
  private static final int TURNS = 256;
  private static final long COMPILED_NANOS = 30_000;
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private static final int ROUNDS = 500;
  private static final int REPEATS = 4;

  private WarmUp() {}

  /** A loop to be called with as many turns. */
  interface Loop {
    void run(int turns);
  }

  /** Zeros for loops that need no more than {@code perTurn} of them in each turn. */
  static float[] numbers(int perTurn) {
    return new float[TURNS * perTurn + 1];
  }

  static void run(Loop... loops) {
    for (Loop loop : loops) {
      repeat(loop, CALLS);
    }
    long start = System.nanoTime();
    for (Loop loop : loops) {
      while (isSlow(loop) && System.nanoTime() - start < PATIENCE_NANOS) {
        repeat(loop, 200);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /**
   * Whether one of two compiled loops, run so many times, is faster than the other, run so many.
   */
  static boolean isFaster(Loop one, int times, Loop other, int otherTimes) {
    long best = Long.MAX_VALUE;
    long otherBest = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      best = Math.min(best, time(one, times * REPEATS));
      otherBest = Math.min(otherBest, time(other, otherTimes * REPEATS));
    }
    return best < otherBest;
  }

  private static long time(Loop loop, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      loop.run(TURNS);
    }
    return System.nanoTime() - start;
  }

  private static void repeat(Loop loop, int calls) {
    for (int i = 0; i < calls; i++) {
      loop.run(FEW_TURNS);
    }
  }

  private static boolean isSlow(Loop loop) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      best = Math.min(best, time(loop, 1));
    }
    return best > COMPILED_NANOS;
  }
}
