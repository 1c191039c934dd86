package dev.elman.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.batches.Split.Shares;
import dev.elman.data.DataException;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static final Shares SHARES = new Shares(0.15, 0.25);

  @Test
  void timeIsCutInOrder() {
    Split split = Split.byTime(40, SHARES);
    assertThat(split.training()).containsExactly(IntStream.range(0, 24).toArray());
    assertThat(split.validation()).containsExactly(IntStream.range(24, 30).toArray());
    assertThat(split.test()).containsExactly(IntStream.range(30, 40).toArray());
    assertThat(SHARES.validationStart(40)).isEqualTo(24);
    assertThat(SHARES.testStart(40)).isEqualTo(30);
  }

  @Test
  void aPartOfShareZeroMayBeEmpty() {
    Split split = Split.byTime(10, new Shares(0, 0.3));
    assertThat(split.training()).hasSize(7);
    assertThat(split.validation()).isEmpty();
    assertThat(split.test()).containsExactly(7, 8, 9);
  }

  @Test
  void refusesTooFewRowsForAllParts() {
    assertThatThrownBy(() -> Split.byTime(3, SHARES))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected something in each part of the split, \
            found 2 of 3 to learn from, 0 for validation and 1 for test.
            Likely cause: there is too little for shares of 0.15 and 0.25.
            Cure: use more data, or choose larger shares.\
            """);
  }

  @Test
  void refusesSharesThatLeaveNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Shares(0.5, 0.5))
        .withMessage(
            "Split: expected shares from 0 that leave something to learn from, got 0.5 for"
                + " validation and 0.5 for test.");
    assertThatIllegalArgumentException().isThrownBy(() -> new Shares(-0.1, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Shares(Double.NaN, 0.5));
  }

  @Test
  void everySequenceIsInOnePart() {
    for (int seed = 0; seed < 20; seed++) {
      Split split = random(seed);
      assertThat(IntStream.of(all(split)).sorted().toArray())
          .containsExactly(IntStream.range(0, 120).toArray());
      for (int[] part : parts(split)) {
        assertThat(part).isSorted();
      }
    }
  }

  @Test
  void equalSequencesStayTogether() {
    for (int seed = 0; seed < 20; seed++) {
      List<String> keys = keys(seed);
      Split split = random(seed);
      List<Set<String>> seen = new ArrayList<>();
      for (int[] part : parts(split)) {
        Set<String> inPart = new HashSet<>();
        IntStream.of(part).forEach(i -> inPart.add(keys.get(i)));
        seen.add(inPart);
      }
      assertThat(seen.get(0)).doesNotContainAnyElementsOf(seen.get(1));
      assertThat(seen.get(0)).doesNotContainAnyElementsOf(seen.get(2));
      assertThat(seen.get(1)).doesNotContainAnyElementsOf(seen.get(2));
    }
  }

  @Test
  void aClassOfThreeIsInEveryPart() {
    List<String> keys = IntStream.range(0, 53).mapToObj(i -> "text " + i).toList();
    int[] labels = new int[53]; // 50 of class 0, 3 of class 1
    Arrays.fill(labels, 20, 23, 1);
    for (int seed = 0; seed < 20; seed++) {
      for (Shares shares :
          List.of(SHARES, new Shares(0.1, 0.2), new Shares(0.01, 0.02), new Shares(0.45, 0.5))) {
        Split split = Split.byLabel(keys, labels, shares, RandomStream.of(seed, "split"));
        for (int[] part : parts(split)) {
          assertThat(IntStream.of(part).map(i -> labels[i]).toArray()).contains(0, 1);
        }
      }
    }
  }

  @Test
  void aClassTooSmallForAllPartsIsLearnedFrom() {
    List<String> keys = IntStream.range(0, 23).mapToObj(i -> "text " + i).toList();
    int[] labels = new int[23]; // 20 of class 0, 1 of class 1, 2 of class 2
    labels[7] = 1;
    labels[8] = 2;
    labels[9] = 2;
    for (Shares shares : List.of(SHARES, new Shares(0.2, 0.6), new Shares(0.45, 0.5))) {
      Split split = Split.byLabel(keys, labels, shares, RandomStream.of(5, "split"));
      assertThat(IntStream.of(split.training()).map(i -> labels[i]).toArray()).contains(1, 2);
    }
  }

  @Test
  void sharesHoldClassByClass() {
    List<String> keys = IntStream.range(0, 300).mapToObj(i -> "text " + i).toList();
    int[] labels = IntStream.range(0, 300).map(i -> i % 3 == 0 ? 1 : 0).toArray();
    Split split = Split.byLabel(keys, labels, SHARES, RandomStream.of(5, "split"));
    assertThat(IntStream.of(split.validation()).filter(i -> labels[i] == 1).count()).isEqualTo(15);
    assertThat(IntStream.of(split.validation()).filter(i -> labels[i] == 0).count()).isEqualTo(30);
    assertThat(IntStream.of(split.test()).filter(i -> labels[i] == 1).count()).isEqualTo(25);
    assertThat(IntStream.of(split.test()).filter(i -> labels[i] == 0).count()).isEqualTo(50);
  }

  @Test
  void theSeedDecides() {
    assertThat(random(3).test()).isEqualTo(random(3).test());
    List<String> keys = IntStream.range(0, 100).mapToObj(i -> "text " + i).toList();
    int[] labels = new int[100];
    assertThat(Split.byLabel(keys, labels, SHARES, RandomStream.of(1, "split")).test())
        .isNotEqualTo(Split.byLabel(keys, labels, SHARES, RandomStream.of(2, "split")).test());
  }

  @Test
  void refusesAPartWithoutSequences() {
    List<String> keys = List.of("a", "b", "c", "d");
    assertThatThrownBy(
            () -> Split.byLabel(keys, new int[] {0, 1, 2, 3}, SHARES, RandomStream.of(5, "split")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected sequences of each class in each part of the split, \
            found 4 of 4 to learn from, 0 for validation and 0 for test.
            Likely cause: nearly every sequence has a class of its own, or all are equal.
            Cure: use more sequences of each class; are the labels in the right column?\
            """);
    assertThatThrownBy(
            () ->
                Split.byLabel(
                    List.of("a", "a", "a"), new int[3], SHARES, RandomStream.of(5, "split")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 of 3 to learn from");
  }

  @Test
  void refusesLabelsForOtherSequences() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Split.byLabel(List.of("a"), new int[2], SHARES, RandomStream.of(5, "split")))
        .withMessage("Labels: expected [1], got [2]. Each sequence needs one label.");
  }

  /** 120 sequences of 4 classes, many of them equal, some of those with different labels. */
  private static Split random(int seed) {
    List<String> keys = keys(seed);
    RandomStream random = RandomStream.of(seed, "labels");
    int[] labels = keys.stream().mapToInt(key -> random.nextInt(4)).toArray();
    return Split.byLabel(keys, labels, SHARES, RandomStream.of(seed, "split"));
  }

  private static List<String> keys(int seed) {
    RandomStream random = RandomStream.of(seed, "keys");
    return IntStream.range(0, 120).mapToObj(i -> "text " + random.nextInt(70)).toList();
  }

  private static List<int[]> parts(Split split) {
    return List.of(split.training(), split.validation(), split.test());
  }

  private static int[] all(Split split) {
    return parts(split).stream().flatMapToInt(IntStream::of).toArray();
  }
}
