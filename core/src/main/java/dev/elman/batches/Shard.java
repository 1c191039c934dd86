package dev.elman.batches;

/**
 * A part of a batch, worked on by one thread: sequences index, index + count, index + 2·count, ...
 *
 * <p>How a batch is cut depends on the batch alone and never on the number of threads, so that sums
 * of gradients, taken in the order of the shards, are the same to the last bit.
 *
 * @param index from 0 to count - 1
 * @param count into how many shards the batch is cut
 */
public record Shard(int index, int count) {
  private static final int ROWS = 16;
  private static final int MOST = 16;

  /** The whole batch as one. */
  public static final Shard WHOLE = new Shard(0, 1);

  /** Into how many shards B sequences are cut: one of 16 or so sequences each, two from 8 on. */
  public static int count(int sequences) {
    return sequences < ROWS / 2 ? 1 : Math.min(MOST, Math.max(2, sequences / ROWS));
  }

  /** How many of B sequences are in this shard. */
  public int sequences(int all) {
    return (all - index + count - 1) / count;
  }
}
