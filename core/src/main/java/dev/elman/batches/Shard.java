package dev.elman.batches;

import java.util.stream.IntStream;

/**
 * A part of a batch, worked on by itself: sequences index, index + count, index + 2·count, ...
 *
 * <p>How a batch is cut depends on the batch and the model and never on the number of threads, so
 * that sums of gradients, taken in the order of the shards, are the same to the last bit.
 *
 * @param index from 0 to count - 1
 * @param count into how many shards the batch is cut
 */
public record Shard(int index, int count) {
  private static final int ROWS = 16;
  private static final int MOST = 16;

  /** From so many units on, weights are too large to be read for fewer than ROWS sequences. */
  private static final int WIDE = 256;

  /**
   * From so many units on, gradients are too large to be written and added for fewer than TOKENS.
   */
  private static final int LARGE = 96;

  private static final int TOKENS = 512;

  /** The whole batch as one. */
  public static final Shard WHOLE = new Shard(0, 1);

  /**
   * Into how many shards B sequences are cut: one of 16 or so sequences each; 8 to 31 into two,
   * unless the model is wide. Of a model that is not small, each of more than two has 512 or so
   * tokens at least.
   *
   * @param tokens of all of them
   * @param units columns of each state tensor of the model
   */
  public static int count(int sequences, long tokens, int... units) {
    int widest = IntStream.of(units).max().orElse(0);
    int least = widest >= WIDE || sequences < ROWS / 2 ? 1 : 2;
    int most = widest < LARGE ? MOST : (int) Math.max(2, Math.min(MOST, tokens / TOKENS));
    return Math.min(most, Math.max(least, sequences / ROWS));
  }

  /** How many of B sequences are in this shard. */
  public int sequences(int all) {
    return (all - index + count - 1) / count;
  }
}
