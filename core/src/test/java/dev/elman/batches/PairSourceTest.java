package dev.elman.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Pairs of sequences of unequal lengths find each other again in every shard. */
class PairSourceTest {
  /** Target k has 1 + k % 4 steps, its source 1 + k % 5: each is made of its number k. */
  private static PairSource source(int pairs, int batch) {
    List<Values> others = new ArrayList<>();
    List<Values> before = new ArrayList<>();
    List<Values> targets = new ArrayList<>();
    for (int k = 0; k < pairs; k++) {
      others.add(all(1 + k % 5, 1000 + k));
      before.add(all(1 + k % 4, 2000 + k));
      targets.add(all(1 + k % 4, k));
    }
    return new PairSource(others, before, targets, batch);
  }

  private static Values.Codes all(int rows, int code) {
    int[] codes = new int[rows];
    Arrays.fill(codes, code);
    return Values.Codes.of(codes);
  }

  @Test
  void everyTargetStandsBesideItsSource() {
    PairSource source = source(23, 6);
    Batch into = source.blank();
    for (int epoch = 0; epoch < 3; epoch++) {
      source.shuffle(RandomStream.of(epoch, "order"));
      TreeSet<Integer> seen = new TreeSet<>();
      for (int k = 0; k < source.batches(); k++) {
        for (int shards = 1; shards <= 3; shards++) {
          for (int i = 0; i < shards; i++) {
            source.fill(k, new Shard(i, shards), into);
            seen.addAll(check(into));
          }
        }
      }
      assertThat(seen).hasSize(23);
    }
  }

  private static List<Integer> check(Batch batch) {
    Values.Pairs pairs = (Values.Pairs) batch.inputs();
    Packing packing = batch.packing();
    int[] targets = ((Values.Codes) batch.targets()).array();
    int[] before = ((Values.Codes) pairs.own()).array();
    int[] others = ((Values.Codes) pairs.others()).array();
    List<Integer> numbers = new ArrayList<>();
    assertThat(pairs.packing().sequences()).isEqualTo(packing.sequences());
    assertThat(pairs.others().rows()).isEqualTo(pairs.packing().tokens());
    for (int b = 0; b < packing.sequences(); b++) {
      int k = targets[packing.row(0, b)];
      numbers.add(k);
      assertThat(packing.length(b)).isEqualTo(1 + k % 4);
      for (int t = 0; t < packing.length(b); t++) {
        assertThat(before[packing.row(t, b)]).isEqualTo(2000 + k);
      }
      int place = pairs.places().array()[b];
      assertThat(pairs.packing().length(place)).isEqualTo(1 + k % 5);
      for (int s = 0; s < pairs.packing().length(place); s++) {
        assertThat(others[pairs.packing().row(s, place)]).isEqualTo(1000 + k);
      }
    }
    return numbers;
  }

  @Test
  void placesTellWhichPairIsWhere() {
    PairSource source = source(23, 6);
    source.shuffle(RandomStream.of(4, "order"));
    Batch into = source.blank();
    int place = 0;
    for (int k = 0; k < source.batches(); k++) {
      source.fill(k, Shard.WHOLE, into);
      for (int b = 0; b < into.packing().sequences(); b++) {
        int number = ((Values.Codes) into.targets()).array()[into.packing().row(0, b)];
        assertThat(source.at(place++)).isEqualTo(number);
      }
    }
  }

  @Test
  void aMissingPartnerIsRefused() {
    List<Values> two = List.of(all(2, 1), all(1, 2));
    assertThatThrownBy(() -> new PairSource(List.of(all(2, 1)), two, two, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected [2], got [1]. Each sequence needs its partner.");
  }
}
