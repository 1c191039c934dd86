package dev.elman.batches;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What every source must keep to, whatever it reads from. */
final class Shards {

  /**
   * A sequence of a filled batch as text, so that sequences can be compared and sorted.
   *
   * @param inputs its rows
   * @param targets its rows, or its one row
   */
  record Sequence(List<String> inputs, List<String> targets) {}

  private Shards() {}

  /** The sequences of one shard of a batch. */
  static List<Sequence> read(Source source, int batch, Shard shard) {
    Batch into = source.blank();
    source.fill(batch, shard, into);
    return sequences(into);
  }

  /** The sequences of a whole batch. */
  static List<Sequence> read(Source source, int batch) {
    return read(source, batch, Shard.WHOLE);
  }

  /** The sequences of all batches, in order. */
  static List<Sequence> readAll(Source source) {
    List<Sequence> all = new ArrayList<>();
    for (int batch = 0; batch < source.batches(); batch++) {
      all.addAll(read(source, batch));
    }
    return all;
  }

  static List<Sequence> sequences(Batch batch) {
    Packing packing = batch.packing();
    boolean perToken = batch.targets().rows() == packing.tokens();
    assertThat(batch.inputs().rows()).isEqualTo(packing.tokens());
    assertThat(batch.targets().rows()).isIn(packing.tokens(), packing.sequences());
    List<Sequence> sequences = new ArrayList<>();
    for (int b = 0; b < packing.sequences(); b++) {
      List<String> inputs = new ArrayList<>();
      List<String> targets = new ArrayList<>();
      for (int t = 0; t < packing.length(b); t++) {
        inputs.add(row(batch.inputs(), packing.row(t, b)));
        if (perToken) {
          targets.add(row(batch.targets(), packing.row(t, b)));
        }
      }
      if (!perToken) {
        targets.add(row(batch.targets(), b));
      }
      sequences.add(new Sequence(inputs, targets));
    }
    return sequences;
  }

  private static String row(Values values, int row) {
    if (values instanceof Values.Numbers numbers) {
      int d = numbers.columns();
      return Arrays.toString(Arrays.copyOfRange(numbers.array(), row * d, (row + 1) * d));
    }
    return Integer.toString(((Values.Codes) values).array()[row]);
  }

  /** Shard {@code i} of {@code n} holds sequences i, i + n, ... of each batch, in their order. */
  static void assertShardsMakeUpEachBatch(Source source) {
    for (int batch = 0; batch < source.batches(); batch++) {
      List<Sequence> whole = read(source, batch);
      assertThat(whole).hasSize(source.sequences(batch));
      if (source.continues()) {
        assertThat(source.tokens(batch)).isEqualTo(source.tokens(0));
        assertThat(source.tokens(batch)).isGreaterThanOrEqualTo(tokens(source, batch));
      } else {
        assertThat(source.tokens(batch)).isEqualTo(tokens(source, batch));
      }
      for (int count = 1; count <= Math.min(5, whole.size()); count++) {
        int seen = 0;
        for (int index = 0; index < count; index++) {
          List<Sequence> part = read(source, batch, new Shard(index, count));
          seen += part.size();
          for (int b = 0; b < part.size(); b++) {
            assertThat(part.get(b)).isEqualTo(whole.get(index + b * count));
          }
        }
        assertThat(seen).isEqualTo(whole.size());
      }
    }
  }

  private static int tokens(Source source, int batch) {
    Batch into = source.blank();
    source.fill(batch, Shard.WHOLE, into);
    boolean pairs = into.inputs() instanceof Values.Pairs;
    int partners = pairs ? ((Values.Pairs) into.inputs()).packing().tokens() : 0;
    return into.packing().tokens() + partners;
  }

  /** Filling a batch's shards on several threads at once gives what one thread gives. */
  static void assertThreadsDoNotDisturbEachOther(Source source) throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 20; round++) {
        for (int batch = 0; batch < source.batches(); batch++) {
          int count = Math.min(threads, source.sequences(batch));
          List<Future<List<Sequence>>> parts = new ArrayList<>();
          for (int index = 0; index < count; index++) {
            int which = batch;
            Shard shard = new Shard(index, count);
            parts.add(pool.submit(() -> read(source, which, shard)));
          }
          for (int index = 0; index < count; index++) {
            assertThat(parts.get(index).get())
                .isEqualTo(read(source, batch, new Shard(index, count)));
          }
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  /** Once a blank batch has grown, filling it again allocates nothing, whatever the batch. */
  static void assertFillsAllocateNothing(Source source) {
    Batch into = source.blank();
    Shard half = new Shard(0, 2);
    assertAllocatesNothing(
        () -> {
          for (int batch = 0; batch < source.batches(); batch++) {
            source.fill(batch, Shard.WHOLE, into);
            source.fill(batch, half, into);
          }
        });
  }

  static void assertAllocatesNothing(Runnable epoch) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 300; i++) {
      epoch.run();
    }
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 300; i++) {
      epoch.run();
    }
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
  }
}
