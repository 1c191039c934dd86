package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.tensor.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams repeat, differ from each other, and have the distributions that they are said to. */
class RandomStreamTest {
  private static final int DRAWS = 100_000;

  @Test
  void streamsDifferBySeedPurposeAndPlace() {
    Set<Long> first = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      for (String purpose : new String[] {"dropout", "shuffling"}) {
        for (long step = 0; step < 10; step++) {
          for (long shard = 0; shard < 10; shard++) {
            first.add(RandomStream.of(seed, purpose, step, shard).nextLong());
          }
        }
      }
    }
    assertThat(first).hasSize(2000);
    assertThat(RandomStream.of(3, "dropout", 4, 5).nextLong())
        .isEqualTo(RandomStream.of(3, "dropout", 4, 5).nextLong());
  }

  @Test
  void uniformNumbersFillTheirRange() {
    RandomStream random = RandomStream.of(1, "uniform");
    int[] tenths = new int[10];
    for (int i = 0; i < DRAWS; i++) {
      float x = random.uniform(-3, 7);
      assertThat(x).isBetween(-3f, 7f);
      tenths[(int) (x + 3)]++;
    }
    for (int count : tenths) {
      assertThat(count / (double) DRAWS).isCloseTo(0.1, offset(0.005));
    }
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    RandomStream random = RandomStream.of(1, "normal");
    double sum = 0;
    double squares = 0;
    int beyondTwo = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = random.nextGaussian();
      sum += x;
      squares += x * x;
      beyondTwo += Math.abs(x) > 2 ? 1 : 0;
    }
    assertThat(sum / DRAWS).isCloseTo(0, offset(0.015));
    assertThat(squares / DRAWS).isCloseTo(1, offset(0.02));
    assertThat(beyondTwo / (double) DRAWS).isCloseTo(0.0455, offset(0.003));
  }

  @Test
  void everyOrderOfThreeIsAsLikely() {
    RandomStream random = RandomStream.of(1, "orders");
    int[] seen = new int[6];
    for (int i = 0; i < 60_000; i++) {
      int[] order = {0, 1, 2};
      random.shuffle(order);
      assertThat(Arrays.stream(order).sorted()).containsExactly(0, 1, 2);
      seen[order[0] * 2 + (order[1] > order[2] ? 1 : 0)]++;
    }
    assertThat(IntStream.of(seen)).allMatch(count -> Math.abs(count - 10_000) < 400);
  }
}
