package dev.elman.examples;

import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.tensor.RandomStream;

/** A source whose sequences are drawn anew for every epoch, so that none is learned by heart. */
final class Drawn implements Source {
  private final Draw draw;
  private int epoch;
  private Source now;

  /** Draws the sequences of the first epoch. */
  Drawn(Draw draw, long seed) {
    this.draw = draw;
    now = draw.epoch(0, RandomStream.of(seed, "drawn before training"));
  }

  /** Draws sequences. */
  @FunctionalInterface
  interface Draw {
    /**
     * The sequences of an epoch.
     *
     * @param epoch from 0
     */
    Source epoch(int epoch, RandomStream random);
  }

  /**
   * Lengths that grow over the first half of a training: what is far apart is learned sooner after
   * what is near.
   */
  static int growing(int first, int last, int epoch, int epochs) {
    double share = Math.min(1, 2.0 * epoch / epochs);
    return (int) Math.round(Math.min(first, last) * (1 - share) + last * share);
  }

  @Override
  public void shuffle(RandomStream random) {
    now = draw.epoch(epoch++, random);
  }

  @Override
  public int batches() {
    return now.batches();
  }

  @Override
  public int sequences(int batch) {
    return now.sequences(batch);
  }

  @Override
  public long tokens(int batch) {
    return now.tokens(batch);
  }

  @Override
  public boolean continues() {
    return false;
  }

  @Override
  public Batch blank() {
    return now.blank();
  }

  @Override
  public void fill(int batch, Shard shard, Batch into) {
    now.fill(batch, shard, into);
  }
}
