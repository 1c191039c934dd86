package dev.elman.kernels;

import java.util.concurrent.locks.LockSupport;

/**
 * Has the JIT compile each vector loop before its first use, and waits until it has.
 *
 * <p>A loop over vectors that is first compiled while it runs (on-stack replacement) may box every
 * vector, and then stays a hundred times slower for the life of the JVM. Compiled after many calls
 * with two turns of the loop, it never does. Which loops are still slow is told by the clock; no
 * result depends on it.
 */
final class WarmUp {

  private static final int CALLS = 6_000;
  private static final int FEW_TURNS = 2;
  private static final int TURNS = 32;
  private static final long COMPILED_NANOS = 4_000;
  private static final long PATIENCE_NANOS = 4_000_000_000L;

  private static final int L = VectorKernels.LANES;
  private static final float[] X = new float[TURNS * 8 * L + 1];
  private static final float[] Y = new float[TURNS * 8 * L + 1];

  private WarmUp() {}

  private interface Loop {
    void run(int turns);
  }

  private static final Loop[] LOOPS = {
    k -> PanelTiles.rows6(k, X, 0, 0, X, 0, Y, 0, 0, Y, 0, 0, L),
    k -> PanelTiles.rows5(k, X, 0, 0, X, 0, Y, 0, 0, Y, 0, 0, L),
    k -> PanelTiles.rows4(k, X, 0, 0, X, 0, Y, 0, 0, Y, 0, 0, L),
    k -> PanelTiles.rows3(k, X, 0, 0, X, 0, Y, 0, 0, Y, 0, 0, L),
    k -> PanelTiles.rows2(k, X, 0, 0, X, 0, Y, 0, 0, Y, 0, 0, L),
    k -> PanelTiles.row1(k, X, 0, X, 0, Y, 0, Y, 0, L),
    k -> PanelTiles.row1Twice(k, X, 0, X, 0, 2 * L * k, Y, 0, Y, 0, L),
    k -> NarrowTiles.rows4(k, X, 0, 0, X, 0, Y, 0, 0, Y, 0, 0),
    k -> NarrowTiles.row1(k, X, 0, X, 0, Y, 0, Y, 0),
    k -> ColumnTiles.wide6(k, X, 0, 0, X, 0, Y, 0, 0, L),
    k -> ColumnTiles.wide4(k, X, 0, 0, X, 0, Y, 0, 0, L),
    k -> ColumnTiles.narrow6(k, X, 0, 0, X, 0, Y, 0, 0),
    k -> ColumnTiles.narrow4(k, X, 0, 0, X, 0, Y, 0, 0),
    k -> VectorActivations.sigmoid(X, 0, Y, 0, k * L + 1),
    k -> VectorActivations.tanh(X, 0, Y, 0, k * L + 1),
    k -> VectorActivations.exp(X, 0, Y, 0, k * L + 1, 0f),
    k -> VectorRows.add(X, 0, Y, 0, k * L + 1),
    k -> VectorRows.axpy(0f, X, 0, Y, 0, k * L + 1),
    k -> VectorRows.scale(0f, Y, 0, k * L + 1),
    k -> VectorRows.max(X, 0, k * L + 1),
  };

  static void run() {
    for (Loop loop : LOOPS) {
      repeat(loop, CALLS);
    }
    long start = System.nanoTime();
    for (Loop loop : LOOPS) {
      while (isSlow(loop) && System.nanoTime() - start < PATIENCE_NANOS) {
        repeat(loop, 200);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static void repeat(Loop loop, int calls) {
    for (int i = 0; i < calls; i++) {
      loop.run(FEW_TURNS);
    }
  }

  private static boolean isSlow(Loop loop) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      loop.run(TURNS);
      best = Math.min(best, System.nanoTime() - start);
    }
    return best > COMPILED_NANOS;
  }
}
