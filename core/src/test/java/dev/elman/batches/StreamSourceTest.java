package dev.elman.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamSourceTest {

  private static final int[] TEXT = IntStream.range(0, 48).toArray(); // each code is its place

  @Test
  void cutsTheTextIntoStreamsAndThoseIntoChunks() {
    StreamSource source = StreamSource.training(TEXT, 3, 4); // 47 / 3 = 15 steps, 15 / 4 = 3 chunks
    assertThat(source.batches()).isEqualTo(3);
    assertThat(source.sequences(2)).isEqualTo(3);
    assertThat(source.continues()).isTrue();
    assertThat(Shards.read(source, 0))
        .containsExactly(sequence(0, 4), sequence(15, 4), sequence(30, 4));
    assertThat(Shards.read(source, 2))
        .containsExactly(sequence(8, 4), sequence(23, 4), sequence(38, 4));
  }

  @Test
  void followsTheReferenceOnATextThatDividesEvenly() {
    StreamSource source = StreamSource.training(IntStream.range(0, 25).toArray(), 3, 4);
    assertThat(source.batches()).isEqualTo(2);
    assertThat(Shards.read(source, 1).get(2)).isEqualTo(sequence(20, 4));
    assertThat(StreamSource.training(IntStream.range(0, 24).toArray(), 3, 4).batches())
        .isEqualTo(1);
  }

  @Test
  void evaluationPredictsEverySymbolButTheFirstOnce() {
    for (int length = 2; length < 30; length++) {
      StreamSource source = StreamSource.evaluation(IntStream.range(0, length).toArray(), 7);
      List<String> targets = new ArrayList<>();
      Shards.readAll(source).forEach(chunk -> targets.addAll(chunk.targets()));
      assertThat(targets)
          .isEqualTo(IntStream.range(1, length).mapToObj(Integer::toString).toList());
      assertThat(source.sequences(0)).isEqualTo(1);
    }
  }

  @Test
  void evaluationEndsWithAShorterChunk() {
    StreamSource source = StreamSource.evaluation(TEXT, 20);
    assertThat(source.batches()).isEqualTo(3);
    assertThat(Shards.read(source, 2)).containsExactly(sequence(40, 7));
  }

  @Test
  void shufflingKeepsTheTextInOrder() {
    StreamSource source = StreamSource.training(TEXT, 3, 4);
    List<Shards.Sequence> before = Shards.readAll(source);
    source.shuffle(RandomStream.of(1, "shuffling"));
    assertThat(Shards.readAll(source)).isEqualTo(before);
  }

  @Test
  void shardsKeepTheirStreamsFromBatchToBatch() {
    StreamSource source = StreamSource.training(IntStream.range(0, 200).toArray(), 5, 7);
    for (int index = 0; index < 2; index++) {
      Shard shard = new Shard(index, 2);
      List<Shards.Sequence> chunk = Shards.read(source, 0, shard);
      for (int batch = 1; batch < source.batches(); batch++) {
        List<Shards.Sequence> next = Shards.read(source, batch, shard);
        for (int b = 0; b < chunk.size(); b++) {
          assertThat(next.get(b).inputs().get(0)).isEqualTo(chunk.get(b).targets().get(6));
        }
        chunk = next;
      }
    }
  }

  @Test
  void shardsMakeUpEachBatch() throws Exception {
    StreamSource source = StreamSource.training(TEXT, 5, 3);
    Shards.assertShardsMakeUpEachBatch(source);
    Shards.assertThreadsDoNotDisturbEachOther(source);
    Shards.assertFillsAllocateNothing(source);
  }

  @Test
  void evaluationAllocatesNothingThoughItsLastChunkIsShorter() {
    StreamSource source = StreamSource.evaluation(TEXT, 20);
    Batch into = source.blank();
    Shards.assertShardsMakeUpEachBatch(source);
    Shards.assertAllocatesNothing(
        () -> {
          for (int batch = 0; batch < source.batches(); batch++) {
            source.fill(batch, Shard.WHOLE, into);
          }
        });
  }

  @Test
  void chunksThatOverlapHaveTargetsForWhatIsNew() throws Exception {
    StreamSource source = StreamSource.training(TEXT, 3, 8, 3); // streams of 15 steps
    assertThat(source.batches()).isEqualTo(5);
    int[][] steps = {{0, 3}, {0, 6}, {1, 9}, {4, 12}, {7, 15}}; // from and to
    int[] overlaps = {3, 5, 5, 5};
    for (int batch = 0; batch < 5; batch++) {
      Batch into = source.blank();
      source.fill(batch, new Shard(1, 2), into); // the second stream
      int from = 15 + steps[batch][0];
      int to = 15 + steps[batch][1];
      int[] inputs = ((Values.Codes) into.inputs()).array();
      int[] targets = ((Values.Codes) into.targets()).array();
      assertThat(into.inputs().rows()).isEqualTo(to - from);
      assertThat(into.targets().rows()).isEqualTo(3);
      assertThat(inputs).startsWith(IntStream.range(from, to).toArray());
      assertThat(targets).startsWith(IntStream.range(to - 2, to + 1).toArray());
      if (batch < 4) {
        assertThat(source.overlap(batch)).isEqualTo(overlaps[batch]);
        assertThat(steps[batch + 1][0]).isEqualTo(steps[batch][1] - overlaps[batch]);
      }
    }
    assertThat(StreamSource.training(TEXT, 3, 4).overlap(1)).isZero();
    assertThat(StreamSource.evaluation(TEXT, 20).overlap(2)).isZero();
  }

  @Test
  void refusesUpdatesFurtherApartThanBlameGoes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamSource.training(TEXT, 3, 4, 5))
        .withMessage(
            "Streams: expected an update at least every 4 steps, as far as backpropagation goes,"
                + " got one every 5: steps between would teach nothing. Use a smaller"
                + " --update-every, or a larger --bptt.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamSource.training(TEXT, 3, 4, 0))
        .withMessage("update-every: expected a whole number of at least 1, got 0.");
  }

  @Test
  void refusesATextThatFillsNoChunk() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamSource.training(TEXT, 6, 8))
        .withMessage(
            "Text: expected at least 49 symbols for 6 streams of 8 steps, got 48."
                + " Use a longer text, or a smaller --batch or --bptt.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamSource.training(new int[0], 6, 8))
        .withMessageContaining("got 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamSource.evaluation(new int[1], 8))
        .withMessage("Text: expected at least two symbols to predict one, got 1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamSource.evaluation(TEXT, 0))
        .withMessage("chunk: expected a whole number of at least 1, got 0.");
  }

  private static Shards.Sequence sequence(int from, int steps) {
    return new Shards.Sequence(codes(from, steps), codes(from + 1, steps));
  }

  private static List<String> codes(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Integer::toString).toList();
  }
}
