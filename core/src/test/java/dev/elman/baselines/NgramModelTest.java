package dev.elman.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elman.tensor.RandomStream;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NgramModelTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final int[] SHORT = {0, 1, 0, 1, 1};

  @Test
  void probabilitiesAreThoseWorkedOutByHand() {
    NgramModel model = NgramModel.train(SHORT, 2, 3);

    assertThat(model.distribution(new int[] {}))
        .containsExactly(new double[] {8 / 21.0, 11 / 21.0, 2 / 21.0}, EXACT);
    assertThat(model.distribution(new int[] {0}))
        .containsExactly(new double[] {8 / 63.0, 53 / 63.0, 2 / 63.0}, EXACT);
    assertThat(model.distribution(new int[] {0, 1}))
        .containsExactly(new double[] {37 / 84.0, 43 / 84.0, 4 / 84.0}, EXACT);
  }

  @Test
  void contextThatWasNeverSeenLeavesItToTheShorterOne() {
    NgramModel model = NgramModel.train(SHORT, 3, 3);

    assertThat(model.distribution(new int[] {2})).containsExactly(model.distribution(new int[0]));
    assertThat(model.distribution(new int[] {2, 0}))
        .containsExactly(model.distribution(new int[] {0}));
    assertThat(NgramModel.train(new int[0], 3, 4).distribution(SHORT))
        .containsExactly(0.25, 0.25, 0.25, 0.25);
  }

  @Test
  void natsAreTheMeanOverTheStretchWithTheContextBeforeIt() {
    NgramModel model = NgramModel.train(SHORT, 2, 3);
    int[] text = {1, 0, 1, 2};

    assertThat(model.nats(text, 1, 4))
        .isEqualTo(-Math.log(37 / 84.0 * 53 / 63.0 * 4 / 84.0) / 3, EXACT);
    assertThat(model.nats(text, 0, 1)).isEqualTo(-Math.log(11 / 21.0), EXACT);
    assertThat(model.probability(text, 3)).isEqualTo(4 / 84.0, EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7})
  void agreesWithCountingEveryTime(int order) {
    int[] training = text(600, 1);
    int[] other = text(150, 2);
    NgramModel model = NgramModel.train(training, order, 6);

    double sum = 0;
    for (int i = 0; i < other.length; i++) {
      double expected = plain(training, other, i, order - 1, 6);
      assertThat(model.probability(other, i)).isEqualTo(expected, EXACT);
      sum -= Math.log(expected);
    }
    assertThat(model.nats(other, 0, other.length)).isEqualTo(sum / other.length, EXACT);
  }

  @Test
  void probabilitiesSumToOneAfterAnyContext() {
    NgramModel model = NgramModel.train(text(5000, 3), 5, 6);
    int[] other = text(200, 4);

    for (int end = 0; end < other.length; end++) {
      assertThat(Arrays.stream(model.distribution(Arrays.copyOf(other, end))).sum())
          .isEqualTo(1, EXACT);
    }
  }

  @Test
  void lowerOrderIsTheModelThatItsOwnTrainingGives() {
    int[] training = text(2000, 5);
    int[] other = text(300, 6);
    NgramModel six = NgramModel.train(training, 6, 6);

    double[] byOrder = six.natsByOrder(other, 10, 300);
    for (int order = 1; order <= 6; order++) {
      double expected = NgramModel.train(training, order, 6).nats(other, 10, 300);
      assertThat(six.withOrder(order).nats(other, 10, 300)).isEqualTo(expected);
      assertThat(byOrder[order - 1]).isEqualTo(expected);
    }
  }

  @Test
  void bestOrderHasTheFewestNatsOnTheHeldText() {
    NgramModel longest = NgramModel.train(text(3000, 7), 7, 6);
    int[] held = text(1000, 8);

    OrderChoice choice = OrderChoice.of(longest, 2, held);

    assertThat(choice.tried())
        .extracting(OrderChoice.Score::order)
        .containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(choice.tried()).allMatch(score -> score.nats() >= choice.best().nats());
    assertThat(choice.best().order()).isEqualTo(3).isEqualTo(choice.model().order());
    assertThat(choice.model().nats(held, 0, 1000)).isEqualTo(choice.best().nats());
  }

  @Test
  void mistakesAreNamed() {
    NgramModel model = NgramModel.train(SHORT, 2, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NgramModel.train(SHORT, 0, 3))
        .withMessage("order: expected 1 (symbols alone) to 16, got 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NgramModel.train(SHORT, 2, 1))
        .withMessageContaining("expected codes from 0 to 0, got 1 at 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.nats(new int[] {0, 3}, 0, 2))
        .withMessageContaining("expected codes from 0 to 2, got 3 at 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.nats(SHORT, 2, 2))
        .withMessageContaining("at least one symbol within 5, got 2 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.withOrder(3))
        .withMessageContaining("at most 2");
  }

  /** The definition, counted anew for every symbol. */
  private static double plain(int[] training, int[] text, int at, int length, int vocabulary) {
    if (length < 0) {
      return 1.0 / vocabulary;
    }
    double shorter = plain(training, text, at, length - 1, vocabulary);
    if (length > at) {
      return shorter;
    }
    int[] next = new int[vocabulary];
    for (int i = length; i < training.length; i++) {
      if (Arrays.equals(training, i - length, i, text, at - length, at)) {
        next[training[i]]++;
      }
    }
    int all = Arrays.stream(next).sum();
    long kinds = Arrays.stream(next).filter(count -> count > 0).count();
    return all == 0 ? shorter : (next[text[at]] + kinds * shorter) / (all + kinds);
  }

  /** Symbols 0 to 5, where each depends on the two before it, and 5 is rare. */
  private static int[] text(int length, long seed) {
    RandomStream random = RandomStream.of(seed, "n-gram test");
    int[] codes = new int[length];
    for (int i = 2; i < length; i++) {
      codes[i] =
          random.nextFloat() < 0.7f
              ? (2 * codes[i - 1] + codes[i - 2] + 1) % 5
              : random.nextFloat() < 0.02f ? 5 : random.nextInt(4);
    }
    return codes;
  }
}
