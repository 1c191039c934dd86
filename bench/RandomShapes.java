import java.util.Random;

/**
 * Prints random shapes for {@code elman bench}, the same for the same seed: odd sizes and round
 * ones, one step and thousands, all cells, in one direction and both, of equal and unequal lengths.
 *
 * <pre>{@code
 * java bench/RandomShapes.java SEED COUNT > bench/random-shapes.csv
 * }</pre>
 *
 * <p>T is limited so that training on a shape takes at most some 0.2 s on one core.
 */
final class RandomShapes {
  private static final String[] CELLS = {"LSTM", "GRU", "RNN"};
  private static final int[] SEQUENCES = {1, 3, 7, 16, 32, 64, 100};
  private static final int[] INPUTS = {1, 3, 28, 64, 100, 300, 513};
  private static final int[] HIDDEN = {16, 33, 64, 100, 128, 200, 257, 384, 512, 650, 1024};
  private static final double SHORTEST = 5; // but for single steps
  private static final double LONGEST = 2000;

  private static final double SECONDS = 0.2; // of one training run
  private static final double OF_A_CALL = 1e-4; // a layer's step costs that, however small
  private static final double OPERATIONS = 4e9; // a second and sequence, of ...
  private static final int FULL = 10; // ... this many; with more of them it gets no faster

  private final Random random;

  private RandomShapes(long seed) {
    random = new Random(seed);
  }

  public static void main(String[] args) {
    RandomShapes shapes = new RandomShapes(Long.parseLong(args[0]));
    System.out.printf("# Written by: java bench/RandomShapes.java %s %s%n", args[0], args[1]);
    System.out.println("# cell,T,B,D,H,layers,directions,lengths");
    for (int i = Integer.parseInt(args[1]); i > 0; i--) {
      System.out.println(shapes.next());
    }
  }

  private String next() {
    int cell = random.nextInt(CELLS.length);
    int b = one(SEQUENCES);
    int d = one(INPUTS);
    int h = one(HIDDEN);
    int layers = 1 + random.nextInt(3);
    int directions = 1 + random.nextInt(2);
    double most = Math.min(LONGEST, SECONDS / secondsOfAStep(cell, b, d, h, layers, directions));
    if (most < SHORTEST) {
      return next();
    }
    boolean single = random.nextInt(10) == 0; // as when one step follows the other from outside
    int t = single ? 1 : (int) (SHORTEST * Math.pow(most / SHORTEST, random.nextDouble()));
    boolean unequal = random.nextBoolean() && b > 1 && t > 1;
    return String.format(
        "%s,%d,%d,%d,%d,%d,%d,%s",
        CELLS[cell], t, b, d, h, layers, directions, unequal ? "unequal" : "equal");
  }

  private int one(int[] sizes) {
    return sizes[random.nextInt(sizes.length)];
  }

  /** A rough guess of what all layers' training takes for one of T steps. */
  private static double secondsOfAStep(int cell, int b, int d, int h, int layers, int directions) {
    int gates = new int[] {4, 3, 1}[cell];
    double inputs = d + (layers - 1.0) * directions * h;
    double operations = 3 * 2.0 * directions * gates * h * (inputs + layers * h) * b;
    return OF_A_CALL * layers * directions + operations / (OPERATIONS * Math.min(b, FULL));
  }
}
