package dev.elman.bench;

/**
 * How long a piece of work takes: the best of several repetitions, after runs that warm it up.
 *
 * @param seconds the least that one repetition lasts; the work runs as often as that needs
 */
public record Timing(double seconds) {
  private static final int REPETITIONS = 4;

  /** Checks that there is an end to it. */
  public Timing {
    if (!(seconds > 0 && seconds <= 60)) {
      throw new IllegalArgumentException(
          "Expected seconds above 0 and up to 60 for one repetition, found "
              + seconds
              + ".\n"
              + "Likely cause: milliseconds, or a slip of the pen.\n"
              + "Cure: write for example 0.1.");
    }
  }

  /** Seconds that one run of the work takes. */
  public double of(Runnable work) {
    int n = runs(work);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPETITIONS; i++) {
      best = Math.min(best, repetition(work, n));
    }
    return best;
  }

  /** Warms the work up and finds how many runs of it a repetition needs. */
  int runs(Runnable work) {
    work.run();
    work.run();
    int n = 1;
    double took = measure(work, n);
    while (took < seconds) {
      n = Math.max(2 * n, (int) (n * seconds / Math.max(took, 1e-9)) + 1);
      took = measure(work, n);
    }
    return n;
  }

  /** Seconds that one run takes in a repetition of n. */
  double repetition(Runnable work, int n) {
    return measure(work, n) / n;
  }

  private static double measure(Runnable work, int n) {
    long start = System.nanoTime();
    for (int i = 0; i < n; i++) {
      work.run();
    }
    return (System.nanoTime() - start) * 1e-9;
  }
}
