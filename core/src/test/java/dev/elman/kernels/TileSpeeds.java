package dev.elman.kernels;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints the GFLOP/s of each tile on this machine and JVM, its operands in the nearest cache.
 *
 * <pre>{@code
 * mvn -q test-compile
 * java --add-modules jdk.incubator.vector -cp core/target/classes:core/target/test-classes \
 *   dev.elman.kernels.TileSpeeds
 * }</pre>
 */
final class TileSpeeds {

  private static final int L = VectorKernels.LANES;
  private static final int DEPTH = 384;
  private static final int RUNS = 2000;

  private TileSpeeds() {}

  public static void main(String[] arguments) {
    float[] a = new float[8 * DEPTH];
    float[] b = new float[2 * L * DEPTH];
    float[] c = new float[8 * 64];
    Kernels kernels = Kernels.get();
    kernels.compile();
    kernels.addTransposedProduct(8, a, 0, 8, 8, b, 0, 16, 16, c, 0, 16, false, new Scratch());
    Map<String, WarmUp.Loop> tiles = new LinkedHashMap<>();
    tiles.put("8 rows", k -> PackedTiles.eight(k, a, 0, b, 0, c, 0, 64, c, 0, 64, L));
    tiles.put("7 rows", k -> PackedTiles.seven(k, a, 0, b, 0, c, 0, 64, c, 0, 64, L));
    tiles.put("6 rows", k -> PackedTiles.six(k, a, 0, b, 0, c, 0, 64, c, 0, 64, L));
    tiles.put("5 rows", k -> PackedTiles.five(k, a, 0, b, 0, c, 0, 64, c, 0, 64, L));
    tiles.put("4 rows", k -> PackedTiles.four(k, a, 0, b, 0, c, 0, 64, c, 0, 64, L));
    tiles.put("3 rows", k -> PackedTiles.three(k, a, 0, b, 0, c, 0, 64, c, 0, 64, L));
    tiles.put("2 rows", k -> PackedTiles.two(k, a, 0, b, 0, c, 0, 64, c, 0, 64, L));
    System.out.println("Java " + Runtime.version() + ", " + kernels.description());
    tiles.forEach(
        (name, tile) -> {
          int rows = name.charAt(0) - '0';
          double speed = 2.0 * rows * 2 * L * DEPTH * RUNS / nanos(tile);
          System.out.printf(Locale.ROOT, "%-22s%6.1f%n", name, speed);
        });
  }

  private static long nanos(WarmUp.Loop tile) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 9; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < RUNS; i++) {
        tile.run(DEPTH);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }
}
