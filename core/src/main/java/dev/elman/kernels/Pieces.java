package dev.elman.kernels;

/**
 * Numbers of several arrays, laid end to end and cut into pieces of one size: what threads take
 * turns at, so that one large array keeps all of them busy and many small ones none but the caller.
 *
 * <p>The cuts depend on the arrays alone, so that sums taken piece by piece, in their order, are
 * the same on any number of threads.
 */
public final class Pieces {
  /** Numbers; some arrays of as many fit into the second cache together. */
  private static final int SIZE = 1 << 14;

  private final long[] starts; // of each array, and where the last one ends

  /** Of arrays of those lengths. */
  public Pieces(int... lengths) {
    starts = new long[lengths.length + 1];
    for (int i = 0; i < lengths.length; i++) {
      starts[i + 1] = starts[i] + lengths[i];
    }
  }

  /** How many pieces. */
  public int count() {
    return (int) ((starts[starts.length - 1] + SIZE - 1) / SIZE);
  }

  /** Does some work for all numbers of every piece, each piece on one of the threads. */
  public void each(Threads threads, Work work) {
    threads.each(count(), piece -> each(piece, work));
  }

  private void each(int piece, Work work) {
    long first = (long) piece * SIZE;
    for (int array = 0; array < starts.length - 1; array++) {
      long from = Math.max(first, starts[array]);
      long to = Math.min(first + SIZE, starts[array + 1]);
      if (from < to) {
        work.on(piece, array, (int) (from - starts[array]), (int) (to - starts[array]));
      }
    }
  }

  /** What is done with the numbers of one array that are in one piece. */
  @FunctionalInterface
  public interface Work {
    /**
     * The numbers {@code from} to {@code to - 1} of an array.
     *
     * @param piece from 0 to {@link #count} - 1
     * @param array from 0, in the order given
     */
    void on(int piece, int array, int from, int to);
  }
}
