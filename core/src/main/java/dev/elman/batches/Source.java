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
