package dev.elman.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequenceSourceTest {

  private static final int COUNT = 103;
  private static final int BATCH = 6; // 18 batches, the last of one sequence

  /** Sequences of 1 to 30 codes; the code of step t of sequence s is {@code 100 · s + t}. */
  private static List<Values> sequences() {
    RandomStream random = RandomStream.of(7, "lengths");
    List<Values> sequences = new ArrayList<>();
    for (int s = 0; s < COUNT; s++) {
      int first = 100 * s;
      int length = 1 + random.nextInt(30);
      sequences.add(Values.Codes.of(IntStream.range(first, first + length).toArray()));
    }
    return sequences;
  }

  /** The class of a sequence is its number, so that each can be told. */
  private static SequenceSource labelled() {
    return new SequenceSource(sequences(), IntStream.range(0, COUNT).toArray(), BATCH);
  }

  private static SequenceSource shuffled(long seed) {
    SequenceSource source = labelled();
    source.shuffle(RandomStream.of(seed, "shuffling"));
    return source;
  }

  @Test
  void eachSequenceComesWithItsClass() {
    for (Shards.Sequence sequence : Shards.readAll(shuffled(1))) {
      int number = Integer.parseInt(sequence.targets().get(0));
      List<String> codes = new ArrayList<>();
      for (int t = 0; t < sequences().get(number).rows(); t++) {
        codes.add(Integer.toString(100 * number + t));
      }
      assertThat(sequence.inputs()).isEqualTo(codes);
      assertThat(sequence.targets()).hasSize(1);
    }
  }

  @Test
  void hasEverySequenceOnceAnEpoch() {
    SequenceSource source = labelled();
    List<Shards.Sequence> first = Shards.readAll(source);
    assertThat(first).hasSize(COUNT).doesNotHaveDuplicates();
    assertThat(source.batches()).isEqualTo(18);
    assertThat(source.continues()).isFalse();
    for (int epoch = 0; epoch < 5; epoch++) {
      source.shuffle(RandomStream.of(2, "shuffling", epoch));
      assertThat(Shards.readAll(source))
          .isNotEqualTo(first)
          .containsExactlyInAnyOrderElementsOf(first);
    }
  }

  @Test
  void aCurriculumReadsTheShorterOnes() throws Exception {
    SequenceSource source = labelled();
    List<Shards.Sequence> all = Shards.readAll(source);
    int[] lengths = sequences().stream().mapToInt(Values::rows).sorted().toArray();
    for (double share : new double[] {0.001, 0.25, 0.5, 1}) {
      int count = Math.max(1, (int) Math.ceil(share * COUNT));
      int longest = lengths[count - 1];
      List<Shards.Sequence> shorter =
          all.stream().filter(sequence -> sequence.inputs().size() <= longest).toList();
      assertThat(shorter).hasSizeBetween(count, count + 8); // equally long ones stay together
      source.shorter(share);
      assertThat(Shards.readAll(source)).containsExactlyInAnyOrderElementsOf(shorter);
      source.shuffle(RandomStream.of(2, "shuffling"));
      assertThat(Shards.readAll(source)).containsExactlyInAnyOrderElementsOf(shorter);
      assertThat(source.batches()).isEqualTo((shorter.size() - 1) / BATCH + 1);
      Shards.assertShardsMakeUpEachBatch(source);
    }
    SequenceSource never = shuffled(2);
    assertThat(Shards.readAll(source)).isEqualTo(Shards.readAll(never)); // all again, as ever
  }

  @Test
  void theStreamAloneDecidesTheOrder() {
    SequenceSource again = shuffled(8);
    again.shuffle(RandomStream.of(3, "shuffling"));
    assertThat(Shards.readAll(again)).isEqualTo(Shards.readAll(shuffled(3)));
    assertThat(Shards.readAll(again)).isNotEqualTo(Shards.readAll(shuffled(4)));
  }

  @Test
  void saysWhichSequenceStandsWhereHoweverShuffled() {
    for (int seed = 0; seed < 30; seed++) {
      SequenceSource source = seed == 0 ? labelled() : shuffled(seed);
      List<Shards.Sequence> all = Shards.readAll(source);
      for (int place = 0; place < COUNT; place++) {
        assertThat(source.at(place)).isEqualTo(Integer.parseInt(all.get(place).targets().get(0)));
      }
    }
  }

  @Test
  void theShortBatchMovesToo() {
    HashSet<Integer> places = new HashSet<>();
    for (int seed = 0; seed < 30; seed++) {
      SequenceSource source = shuffled(seed);
      places.add(
          IntStream.range(0, source.batches())
              .filter(batch -> source.sequences(batch) == 1)
              .findFirst()
              .orElseThrow());
    }
    assertThat(places).hasSizeGreaterThan(5);
  }

  @Test
  void batchesHoldSequencesOfSimilarLengths() {
    assertThat(unevenness(shuffled(5))).isLessThan(0.1);
    assertThat(unevenness(labelled())).isLessThan(0.1);
  }

  /** By how much padding would have enlarged the batches. */
  private static double unevenness(SequenceSource source) {
    long padded = 0;
    long tokens = 0;
    for (int batch = 0; batch < source.batches(); batch++) {
      Batch into = source.blank();
      source.fill(batch, Shard.WHOLE, into);
      padded += (long) into.packing().steps() * into.packing().sequences();
      tokens += into.packing().tokens();
    }
    return padded / (double) tokens - 1;
  }

  @Test
  void readsRowsOfNumbers() {
    List<Values> sequences =
        List.of(
            Values.Numbers.of(2, 1, 2),
            Values.Numbers.of(2, 3, 4, 5, 6, 7, 8),
            Values.Numbers.of(2, 9, 10, 11, 12));
    SequenceSource source = new SequenceSource(sequences, new int[] {4, 5, 6}, 3);
    Batch into = source.blank();
    source.fill(0, Shard.WHOLE, into);
    assertThat(((Values.Numbers) into.inputs()).array())
        .containsExactly(3, 4, 9, 10, 1, 2, 5, 6, 11, 12, 7, 8);
    assertThat(((Values.Codes) into.targets()).array()).containsExactly(5, 6, 4);
  }

  @Test
  void eachSequenceMayHaveNumbersAsItsTarget() throws Exception {
    float[] numbers = new float[2 * COUNT];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    SequenceSource source =
        SequenceSource.valued(sequences(), Values.Numbers.of(2, numbers), BATCH);
    source.shuffle(RandomStream.of(4, "shuffling"));
    for (Shards.Sequence sequence : Shards.readAll(source)) {
      int number = Integer.parseInt(sequence.inputs().get(0)) / 100;
      assertThat(sequence.targets())
          .containsExactly("[" + 2f * number + ", " + (2f * number + 1) + "]");
    }
    assertKeepsToTheContract(source);
  }

  @Test
  void eachStepMayHaveATarget() throws Exception {
    List<Values> tags = new ArrayList<>();
    for (Values sequence : sequences()) {
      int first = ((Values.Codes) sequence).array()[0] + 50;
      tags.add(Values.Codes.of(IntStream.range(first, first + sequence.rows()).toArray()));
    }
    SequenceSource source = SequenceSource.tagged(sequences(), tags, BATCH);
    source.shuffle(RandomStream.of(4, "shuffling"));
    for (Shards.Sequence sequence : Shards.readAll(source)) {
      assertThat(sequence.targets())
          .isEqualTo(
              sequence.inputs().stream()
                  .map(i -> Integer.toString(Integer.parseInt(i) + 50))
                  .toList());
    }
    assertKeepsToTheContract(source);
  }

  @Test
  void refusesTargetsThatDoNotMatch() {
    List<Values> sequences = List.of(Values.Codes.of(1, 2, 3), Values.Codes.of(4, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SequenceSource.valued(sequences, Values.Numbers.of(1, 1, 2, 3), BATCH))
        .withMessage("Targets: expected [2], got [3]. Each sequence needs one row of targets.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SequenceSource.tagged(sequences, List.of(Values.Codes.of(1)), BATCH))
        .withMessage("Targets: expected [2], got [1]. Each sequence needs its targets.");
    List<Values> tooLong = List.of(Values.Codes.of(1, 2, 3), Values.Codes.of(4, 5, 6));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SequenceSource.tagged(sequences, tooLong, BATCH))
        .withMessage("Targets of sequence 1: expected [2], got [3]. Each step needs one target.");
  }

  @Test
  void shardsMakeUpEachBatch() throws Exception {
    assertKeepsToTheContract(shuffled(6));
  }

  private static void assertKeepsToTheContract(SequenceSource source) throws Exception {
    Shards.assertShardsMakeUpEachBatch(source);
    Shards.assertThreadsDoNotDisturbEachOther(source);
    Shards.assertFillsAllocateNothing(source);
  }

  @Test
  void refusesLabelsForOtherSequences() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequenceSource(sequences(), new int[2], BATCH))
        .withMessage("Labels: expected [103], got [2]. Each sequence needs one label.");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequenceSource(List.of(), new int[0], BATCH))
        .withMessage("Sequences: expected at least one, got none. Is this part of the data empty?");
  }

  @Test
  void refusesAnEmptySequence() {
    List<Values> sequences = List.of(Values.Codes.of(1), new Values.Codes());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequenceSource(sequences, new int[2], BATCH))
        .withMessage(
            "Sequences: expected at least one step in each, got none in number 1."
                + " Leave empty sequences out.");
  }

  @Test
  void refusesSequencesOfDifferentKinds() {
    List<Values> kinds = List.of(Values.Codes.of(1), Values.Numbers.of(2, 3, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequenceSource(kinds, new int[2], BATCH))
        .withMessage("Sequences: expected codes as in number 0, got 2 columns in number 1.");
    List<Values> widths = List.of(Values.Numbers.of(3, 1, 2, 3), Values.Numbers.of(2, 3, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequenceSource(widths, new int[2], BATCH))
        .withMessage("Sequences: expected 3 columns as in number 0, got 2 columns in number 1.");
  }
}
