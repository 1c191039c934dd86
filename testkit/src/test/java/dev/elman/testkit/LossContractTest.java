package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.losses.Bernoulli;
import dev.elman.losses.Categorical;
import dev.elman.losses.CrossEntropy;
import dev.elman.losses.Distribution;
import dev.elman.losses.Gaussian;
import dev.elman.losses.GaussianMixture;
import dev.elman.losses.Loss;
import dev.elman.losses.PointLoss;
import dev.elman.losses.QuantileLoss;
import dev.elman.losses.WithLength;
import dev.elman.losses.WithStop;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every loss keeps to. */
class LossContractTest {
  private static final int ROWS = 7;
  private static final int COLUMNS = 6;
  private static final int[] CLASSES = {3, 0, 5, 5, 1, 2, 4};
  private static final float[] LENGTHS = {.5f, 0, 0, 3, -.2f, 0, 0, 4, 1, 0, -1, 0, .3f, 0};

  /**
   * A loss to be tested.
   *
   * @param reference in double precision, from predictions {@code [7, 6]}
   */
  private record Case(Loss loss, Values targets, ToDoubleFunction<double[]> reference) {
    @Override
    public String toString() {
      return loss.toString();
    }
  }

  static List<Case> losses() {
    float[] y = targets(6);
    double[] wide = ReferenceGradient.widen(y);
    double[] pairs = ReferenceGradient.widen(targets(2));
    float[] zeroOrOne = targets(6);
    for (int i = 0; i < zeroOrOne.length; i++) {
      zeroOrOne[i] = zeroOrOne[i] > 0 ? 1 : 0;
    }
    Values numbers = Values.Numbers.of(6, y);
    Values classes = Values.Codes.of(CLASSES);
    return List.of(
        new Case(CrossEntropy.PLAIN, classes, x -> ReferenceLosses.crossEntropy(x, CLASSES, 0)),
        new Case(
            new CrossEntropy(0.2), classes, x -> ReferenceLosses.crossEntropy(x, CLASSES, 0.2)),
        new Case(PointLoss.SQUARED, numbers, x -> ReferenceLosses.squared(x, wide)),
        new Case(PointLoss.ABSOLUTE, numbers, x -> ReferenceLosses.absolute(x, wide)),
        new Case(PointLoss.huber(0.4), numbers, x -> ReferenceLosses.huber(x, wide, 0.4)),
        new Case(
            PointLoss.BERNOULLI,
            Values.Numbers.of(6, zeroOrOne),
            x -> ReferenceLosses.bernoulli(x, ReferenceGradient.widen(zeroOrOne))),
        new Case(
            new QuantileLoss(List.of(0.1, 0.5, 0.8)),
            Values.Numbers.of(2, targets(2)),
            x -> ReferenceLosses.quantile(x, pairs, 0.1, 0.5, 0.8)),
        new Case(new Categorical(6), classes, x -> ReferenceLosses.crossEntropy(x, CLASSES, 0)),
        new Case(
            new Bernoulli(6),
            Values.Numbers.of(6, zeroOrOne),
            x -> ReferenceLosses.bernoulli(x, ReferenceGradient.widen(zeroOrOne))),
        new Case(
            new Gaussian(3),
            Values.Numbers.of(3, targets(3)),
            x -> ReferenceLosses.gaussian(x, ReferenceGradient.widen(targets(3)), 3)),
        new Case(
            new GaussianMixture(1, 2),
            Values.Numbers.of(1, targets(1)),
            x -> ReferenceLosses.gaussianMixture(x, ReferenceGradient.widen(targets(1)), 1, 2)),
        new Case(
            new WithStop(new Bernoulli(5)),
            Values.Numbers.of(6, zeroOrOne),
            x -> ReferenceLosses.bernoulli(x, ReferenceGradient.widen(zeroOrOne))),
        new Case(
            new WithLength(new Gaussian(1), 4),
            Values.Numbers.of(2, LENGTHS),
            LossContractTest::lengthsOrGaussians));
  }

  /** Two rows say lengths, 3 and 4, by the last four columns. */
  private static double lengthsOrGaussians(double[] x) {
    double loss = 0;
    for (int n = 0; n < ROWS; n++) {
      double[] row = Arrays.copyOfRange(x, n * COLUMNS, n * COLUMNS + 2);
      double[] logits = Arrays.copyOfRange(x, n * COLUMNS + 2, (n + 1) * COLUMNS);
      int length = (int) LENGTHS[2 * n + 1];
      loss +=
          length == 0
              ? ReferenceLosses.gaussian(row, new double[] {LENGTHS[2 * n]}, 1)
              : ReferenceLosses.crossEntropy(logits, new int[] {length - 1}, 0);
    }
    return loss;
  }

  private static float[] targets(int columns) {
    return Probe.numbers("targets", ROWS * columns);
  }

  private static float[] predictions() {
    return Probe.numbers("predictions", ROWS * COLUMNS);
  }

  @Test
  void everyLossIsTested() {
    assertThat(Classes.implementing(Loss.class))
        .isSubsetOf(losses().stream().<Class<?>>map(c -> c.loss().getClass()).toList());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientsAreThoseOfFiniteDifferences(Case c) {
    new GradientCheck(List.of(), List.of(GradientCheck.Input.random("predictions", ROWS, COLUMNS)))
        .check((tape, in) -> List.of(in[0], c.loss().sum(tape, in[0], c.targets())));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valueAndGradientAreThoseOfTheDefinition(Case c) {
    Tape tape = Tape.training(Kernels.get());
    Node x = tape.input(ROWS, COLUMNS, predictions());
    Node loss = c.loss().sum(tape, x, c.targets());
    tape.backward(loss);
    double[] wide = ReferenceGradient.widen(predictions());
    double expected = c.reference().applyAsDouble(wide);
    double[] slopes =
        ReferenceGradient.of(a -> c.reference().applyAsDouble(a.get(0)), List.of(wide)).get(0);
    assertThat((double) loss.value()[0]).isCloseTo(expected, offset(1e-6 * expected));
    for (int i = 0; i < slopes.length; i++) {
      assertThat((double) x.gradient()[i]).as("slope %d", i).isCloseTo(slopes[i], offset(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void blameOfTwoLossesOnOnePredictionAddsUpAlsoOnAUsedTape(Case c) {
    Tape tape = Tape.training(Kernels.get());
    tape.backward(c.loss().sum(tape, tape.input(ROWS, COLUMNS, predictions()), c.targets()));
    tape.reset();
    Node once = tape.input(ROWS, COLUMNS, predictions());
    tape.backward(c.loss().sum(tape, once, c.targets()));
    float[] gradient = Arrays.copyOf(once.gradient(), once.size());
    for (float blame : new float[] {1, 0.5f}) {
      tape.reset();
      Node x = tape.input(ROWS, COLUMNS, predictions());
      Node first = c.loss().sum(tape, x, c.targets());
      Node second = c.loss().sum(tape, x, c.targets());
      first.gradient()[0] = blame;
      second.gradient()[0] = 1;
      tape.passBack();
      for (int i = 0; i < x.size(); i++) {
        assertThat(x.gradient()[i]).isCloseTo((1 + blame) * gradient[i], offset(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossesOfPartsAddUpToThatOfTheWhole(Case c) {
    double whole = value(c, 0, ROWS);
    assertThat(value(c, 0, 3) + value(c, 3, ROWS)).isCloseTo(whole, offset(1e-5));
    Tape tape = Tape.inference(Kernels.get());
    Node x = tape.constant(ROWS, COLUMNS, predictions());
    int perRow = c.loss() instanceof CrossEntropy || c.loss() instanceof Distribution ? 1 : COLUMNS;
    assertThat(c.loss().terms(x, c.targets())).isEqualTo(ROWS * perRow);
  }

  private static double value(Case c, int from, int to) {
    Tape tape = Tape.inference(Kernels.get());
    float[] x = Arrays.copyOfRange(predictions(), from * COLUMNS, to * COLUMNS);
    Node node = tape.constant(to - from, COLUMNS, x);
    return c.loss().sum(tape, node, rows(c.targets(), from, to)).value()[0];
  }

  private static Values rows(Values targets, int from, int to) {
    if (targets instanceof Values.Numbers numbers) {
      int k = numbers.columns();
      return Values.Numbers.of(k, Arrays.copyOfRange(numbers.array(), from * k, to * k));
    }
    return Values.Codes.of(Arrays.copyOfRange(CLASSES, from, to));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aPredictionThatIsNoNumberShows(Case c) {
    Tape tape = Tape.training(Kernels.get());
    float[] predictions = predictions();
    predictions[8] = Float.NaN;
    Node x = tape.input(ROWS, COLUMNS, predictions);
    Node loss = c.loss().sum(tape, x, c.targets());
    tape.backward(loss);
    assertThat(loss.value()[0]).isNaN();
    assertThat(x.gradient()[8]).isNaN();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void hugePredictionsStayFinite(Case c) {
    Tape tape = Tape.training(Kernels.get());
    float[] predictions = predictions();
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] *= 1e4f;
    }
    Node x = tape.input(ROWS, COLUMNS, predictions);
    Node loss = c.loss().sum(tape, x, c.targets());
    tape.backward(loss);
    assertThat(loss.value()[0]).isFinite().isPositive();
    for (int i = 0; i < x.size(); i++) {
      assertThat(x.gradient()[i]).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void targetsOfAnotherShapeOrKindAreRefused(Case c) {
    Tape tape = Tape.inference(Kernels.get());
    Node x = tape.constant(ROWS, COLUMNS, predictions());
    boolean classes = c.targets() instanceof Values.Codes;
    Values other = classes ? Values.Numbers.of(6, targets(6)) : Values.Codes.of(CLASSES);
    assertThatThrownBy(() -> c.loss().sum(tape, x, rows(c.targets(), 0, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected ")
        .hasMessageContaining(", got ");
    assertThatThrownBy(() -> c.loss().sum(tape, x, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(classes ? "got 7 rows of numbers." : "got classes.");
  }

  @Test
  void aClassBeyondTheLogitsIsNamedWithItsRow() {
    Tape tape = Tape.inference(Kernels.get());
    Node x = tape.constant(2, 3, new float[6]);
    assertThatThrownBy(() -> CrossEntropy.PLAIN.sum(tape, x, Values.Codes.of(1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cross-entropy: expected classes from 0 to 2, got 3 in row 1. Was the target encoded"
                + " with another vocabulary?");
  }
}
