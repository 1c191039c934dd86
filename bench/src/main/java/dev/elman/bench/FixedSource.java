package dev.elman.bench;

import dev.elman.batches.Batch;
import dev.elman.batches.Packing;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;

/** One batch of random numbers, filled in once. */
record FixedSource(BenchShape shape) implements Source {
  @Override
  public int batches() {
    return 1;
  }

  @Override
  public int sequences(int batch) {
    return shape.sequences();
  }

  @Override
  public long tokens(int batch) {
    return Arrays.stream(shape.lengths().of(shape.steps(), shape.sequences())).sum();
  }

  @Override
  public boolean continues() {
    return false;
  }

  @Override
  public void shuffle(RandomStream random) {
    // there is one batch
  }

  @Override
  public Batch blank() {
    return new Batch(new Packing(), new Values.Numbers(shape.inputs()), new Values.Numbers(1));
  }

  @Override
  public void fill(int batch, Shard shard, Batch into) {
    int count = shard.sequences(shape.sequences());
    if (into.packing().sequences() == count) {
      return;
    }
    int[] all = shape.lengths().of(shape.steps(), shape.sequences());
    int[] lengths = new int[count];
    for (int b = 0; b < count; b++) {
      lengths[b] = all[shard.index() + b * shard.count()];
    }
    into.packing().set(lengths, count);
    RandomStream random = RandomStream.of(1, "benchmark", shard.index());
    float[] numbers = ((Values.Numbers) into.inputs()).resize(into.packing().tokens());
    for (int i = 0; i < into.packing().tokens() * shape.inputs(); i++) {
      numbers[i] = (float) random.nextGaussian();
    }
  }
}
