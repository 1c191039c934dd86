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
