package dev.elman.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elman.batches.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNeighbourTest {
  private static Values.Numbers one(float... steps) {
    return Values.Numbers.of(1, steps);
  }

  @Test
  void sequencesAreResampledOnStraightLinesBetweenTheirSteps() {
    assertThat(NearestNeighbour.resampled(one(0, 10, -5, 15)))
        .containsExactly(
            new float[] {0, 2, 4, 6, 8, 10, 7, 4, 1, -2, -5, -1, 3, 7, 11, 15}, within(1e-5f));
    float[] long31 = new float[31];
    float[] everySecond = new float[16];
    for (int i = 0; i < 31; i++) {
      long31[i] = i * i;
      everySecond[i / 2] = i % 2 == 0 ? i * i : everySecond[i / 2];
    }
    assertThat(NearestNeighbour.resampled(one(long31))).containsExactly(everySecond);
    assertThat(NearestNeighbour.resampled(one(7))).containsOnly(7).hasSize(16);
  }

  @Test
  void inputsOfAStepStayTogether() {
    float[] resampled = NearestNeighbour.resampled(Values.Numbers.of(2, 0, 100, 15, 85));
    for (int t = 0; t < 16; t++) {
      assertThat(resampled[2 * t]).isCloseTo(t, within(1e-5f));
      assertThat(resampled[2 * t + 1]).isCloseTo(100 - t, within(1e-5f));
    }
  }

  @Test
  void theClassIsThatOfTheNearestWhateverTheLengths() {
    var nearest =
        NearestNeighbour.of(
            List.of(one(0, 1, 2, 3, 4), one(4, 0), one(0, 4.5f), one(9)), new int[] {2, 0, 1, 3});

    assertThat(nearest.classify(one(4, 2.1f, 0))).isZero();
    assertThat(nearest.classify(one(0, 2, 4.1f))).isEqualTo(2);
    assertThat(nearest.classify(one(0, 2.2f, 4.4f))).isEqualTo(1);
    assertThat(nearest.classify(one(7, 8, 7, 9, 9, 8))).isEqualTo(3);
  }

  @Test
  void theFirstOfEqualsCounts() {
    var nearest = NearestNeighbour.of(List.of(one(1), one(3), one(1, 1)), new int[] {4, 2, 0});

    assertThat(nearest.classify(one(2))).isEqualTo(4);
    assertThat(nearest.classify(one(0, 0))).isEqualTo(4);
  }

  @Test
  void mistakesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbour.of(List.of(), new int[0]))
        .withMessage("sequences: expected at least one, got none.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbour.of(List.of(one(1)), new int[2]))
        .withMessage("Labels: expected [1], got [2]. Each sequence needs one label.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NearestNeighbour.of(List.of(one(1)), new int[1])
                    .classify(Values.Numbers.of(2, 1, 2)))
        .withMessageContaining("expected [N, 1], got [N, 2]");
  }
}
