package dev.elman.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ConfusionTest {
  private static final int[][] COUNTS = {{5, 2, 0, 0}, {1, 3, 0, 1}, {0, 0, 0, 0}, {4, 0, 0, 0}};

  private static Confusion filled() {
    Confusion confusion = new Confusion(4);
    for (int truth = 0; truth < 4; truth++) {
      for (int prediction = 0; prediction < 4; prediction++) {
        for (int i = 0; i < COUNTS[truth][prediction]; i++) {
          confusion.add(truth, prediction);
        }
      }
    }
    return confusion;
  }

  @Test
  void figuresAreThoseWorkedOutByHand() {
    Confusion confusion = filled();

    assertThat(confusion.counts()).isDeepEqualTo(COUNTS);
    assertThat(confusion.total()).isEqualTo(16);
    assertThat(confusion.accuracy()).isEqualTo(8 / 16.0);
    assertThat(confusion.of(0))
        .isEqualTo(new Confusion.ClassScore(0, 7, 5 / 7.0, 5 / 10.0, 10 / 17.0));
    assertThat(confusion.of(1))
        .isEqualTo(new Confusion.ClassScore(1, 5, 3 / 5.0, 3 / 5.0, 6 / 10.0));
    assertThat(confusion.of(3)).isEqualTo(new Confusion.ClassScore(3, 4, 0, 0, 0));
  }

  @Test
  void macroF1IsTheMeanOfTheClassesThatOccur() {
    assertThat(filled().macroF1()).isEqualTo((10 / 17.0 + 0.6 + 0) / 3, within(1e-12));
    assertThat(filled().of(2)).isEqualTo(new Confusion.ClassScore(2, 0, 0, 0, 0));
  }

  @Test
  void nothingGivesZeros() {
    assertThat(new Confusion(2).accuracy()).isZero();
    assertThat(new Confusion(2).macroF1()).isZero();
  }

  @Test
  void countsAreACopy() {
    Confusion confusion = filled();
    confusion.counts()[0][0] = 99;
    assertThat(confusion.counts()).isDeepEqualTo(COUNTS);
  }

  @Test
  void unknownClassIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Confusion(3).add(0, 3))
        .withMessage("class: expected a number from 0 to 2, got 3.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Confusion(3).add(-1, 0))
        .withMessageContaining("got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Confusion(0))
        .withMessage("classes: expected at least 1, got 0.");
  }
}
