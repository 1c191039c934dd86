package dev.elman.tensor;

/**
 * A seeded stream of random numbers for one purpose.
 *
 * <p>Streams are derived, never shared: {@code of(seed, "dropout", step, shard)} is the same stream
 * whatever ran before it and on whatever thread, so that training repeats to the bit and resumes
 * from two numbers. The generator is SplitMix64 (Steele, Lea, Flood 2014).
 */
public final class RandomStream {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final float FLOAT_STEP = 0x1p-24f;

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /**
   * The stream of a seed, a purpose and any numbers that tell it from its siblings.
   *
   * @param purpose such as {@code weights}, {@code dropout}, {@code shuffling}, {@code sampling}
   */
  public static RandomStream of(long seed, String purpose, long... place) {
    long hash = mix(seed + GOLDEN);
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash ^ purpose.charAt(i));
    }
    for (long number : place) {
      hash = mix(hash + GOLDEN ^ mix(number + GOLDEN));
    }
    return new RandomStream(hash);
  }

  /** A stream that will give the numbers that this one would give from here on. */
  public RandomStream copy() {
    return new RandomStream(state);
  }

  /** Leaves out so many numbers of {@link #nextLong}, at no cost. */
  public void skip(long numbers) {
    state += numbers * GOLDEN;
  }

  /** The next 64 random bits. */
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, 1), in steps of 2^-24. */
  public float nextFloat() {
    return (nextLong() >>> 40) * FLOAT_STEP;
  }

  /** Uniform in [0, 1), in steps of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform in [low, high). */
  public float uniform(float low, float high) {
    return low + (high - low) * nextFloat();
  }

  /** A whole number from 0 to {@code bound - 1}, each as likely (bias below 2^-32). */
  public int nextInt(int bound) {
    Shape.positive("bound", bound);
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** Normal with mean 0 and variance 1 (Box and Muller 1958). */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** Puts numbers into random order, in place (Fisher and Yates). */
  public void shuffle(int[] numbers) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int kept = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = kept;
    }
  }

  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }
}
