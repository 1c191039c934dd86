package dev.elman.batches;

import dev.elman.tensor.RandomStream;

/**
 * Where training and evaluation get their batches from, epoch after epoch.
 *
 * <p>{@link #fill} may be called by several threads at once, for different shards of a batch or, in
 * an evaluation, for different batches.
 */
public interface Source {
  /** Batches in an epoch. */
  int batches();

  /** B of a batch. */
  int sequences(int batch);

  /**
   * N of a batch, with the rows of partners, if it has any; the same for every batch where they
   * continue, so that all are cut into as many shards.
   */
  long tokens(int batch);

  /** Whether batch k + 1 goes on where batch k ended, so that the state is carried. */
  boolean continues();

  /**
   * How many of the last steps of batch k stand at the beginning of batch k + 1 once more, which
   * goes on from the state before them: blame then flows back further than over what is new. Such a
   * source gives targets for the last rows alone, those that are new. 0 for most.
   */
  default int overlap(int batch) {
    return 0;
  }

  /**
   * Has the epochs that follow read the shorter sequences alone, for a curriculum that begins with
   * them: those up to the length below which a share of all sequences stays, or as long. To be
   * called before {@link #shuffle}.
   *
   * @param share above 0; 1 for all
   * @throws IllegalArgumentException when the source has no whole sequences, as a stream of text
   */
  default void shorter(double share) {
    throw new IllegalArgumentException(
        "Expected whole sequences, of which the shorter are learned from first (--curriculum),"
            + " found a source without.\nLikely cause: one text read as streams has no lengths that"
            + " could grow.\nCure: leave --curriculum away; to begin with short memories, train"
            + " with a small --bptt.");
  }

  /** Puts the sequences into a new order for the next epoch; texts that go on keep theirs. */
  void shuffle(RandomStream random);

  /** A blank batch of the right kinds of values, to be filled. */
  Batch blank();

  /**
   * Fills in one shard of one batch.
   *
   * @param into from {@link #blank}; its buffers are used again
   */
  void fill(int batch, Shard shard, Batch into);
}
