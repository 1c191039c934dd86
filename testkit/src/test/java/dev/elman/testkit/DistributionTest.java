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
import dev.elman.losses.Distribution;
import dev.elman.losses.Gaussian;
import dev.elman.losses.GaussianMixture;
import dev.elman.losses.WithStop;
import dev.elman.tensor.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every distribution keeps to, beside what it keeps to as a loss. */
class DistributionTest {
  private static final int ROWS = 5;

  static List<Distribution> distributions() {
    return List.of(
        new Categorical(4),
        new Bernoulli(3),
        new Gaussian(2),
        new GaussianMixture(2, 3),
        new GaussianMixture(1, 1),
        new WithStop(new Gaussian(2)));
  }

  private static float[] parameters(Distribution of, int rows) {
    return Probe.numbers("parameters", rows * of.parameters());
  }

  /** Rows drawn from the distribution itself, with columns beside them that are none of its. */
  private static Values.Numbers targets(Distribution of, int more) {
    RandomStream random = RandomStream.of(4, "targets");
    int width = of.columns() + more;
    float[] y = new float[ROWS * width];
    for (int i = 0; i < ROWS; i++) {
      float[] row = of.draw(Probe.numbers("row " + i, of.parameters()), 1, random);
      System.arraycopy(row, 0, y, i * width, of.columns());
      y[i * width + width - 1] = more > 0 ? 7 : y[i * width + width - 1];
    }
    return Values.Numbers.of(width, y);
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void slopesAreThoseOfTheLogProbabilityAlsoBesideOtherColumns(Distribution d) {
    int width = d.parameters() + 2;
    Values.Numbers y = targets(d, 1);
    new GradientCheck(List.of(), List.of(GradientCheck.Input.random("predictions", ROWS, width)))
        .check(d.toString(), (tape, in) -> List.of(sum(d, tape, in[0], y)));
  }

  private static Node sum(Distribution d, Tape tape, Node x, Values y) {
    Node sum = tape.node(1, 1, true);
    double total = 0;
    for (int i = 0; i < ROWS; i++) {
      total -= (i + 1) * d.logProbability(x, y, i);
    }
    sum.value()[0] = (float) total;
    tape.record(
        sum,
        () -> {
          for (int i = 0; i < ROWS; i++) {
            d.addSlopes(x, y, i, (i + 1) * sum.gradient()[0]);
          }
        });
    return sum;
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void theLossIsTheNegativeSumOfLogProbabilities(Distribution d) {
    Tape tape = Tape.inference(Kernels.get());
    Node x = tape.constant(ROWS, d.parameters(), parameters(d, ROWS));
    Values.Numbers y = targets(d, 0);
    double expected = 0;
    for (int i = 0; i < ROWS; i++) {
      expected -= d.logProbability(x, y, i);
    }
    Values targets = d instanceof Categorical ? codes(y) : y;
    assertThat((double) d.sum(tape, x, targets).value()[0]).isCloseTo(expected, offset(1e-5));
    assertThat(d.terms(x, targets)).isEqualTo(ROWS);
    if (targets instanceof Values.Codes) {
      assertThat(d.logProbability(x, targets, 2)).isEqualTo(d.logProbability(x, y, 2));
    }
  }

  private static Values.Codes codes(Values.Numbers y) {
    return Values.Codes.of(IntStream.range(0, ROWS).map(i -> (int) y.array()[i]).toArray());
  }

  @Test
  void probabilitiesOfAllSymbolsAndOfAllChordsAddUpToOne() {
    Tape tape = Tape.inference(Kernels.get());
    Node logits = tape.constant(1, 4, new float[] {90, -100, 88, 91.5f});
    Categorical symbols = new Categorical(4);
    double sum =
        IntStream.range(0, 4)
            .mapToDouble(v -> Math.exp(symbols.logProbability(logits, Values.Codes.of(v), 0)))
            .sum();
    assertThat(sum).isCloseTo(1, offset(1e-14));
    Bernoulli keys = new Bernoulli(3);
    double chords = 0;
    for (int chord = 0; chord < 8; chord++) {
      Values y = Values.Numbers.of(3, chord & 1, chord >> 1 & 1, chord >> 2);
      chords += Math.exp(keys.logProbability(logits, y, 0));
    }
    assertThat(chords).isCloseTo(1, offset(1e-14));
  }

  @Test
  void densitiesIntegrateToOne() {
    GaussianMixture mixture = new GaussianMixture(1, 3);
    Tape tape = Tape.inference(Kernels.get());
    float[] x = {0.3f, -100, 1, -1, 0, 2, -1, 0, -2};
    Node parameters = tape.constant(1, 9, x);
    double sum = 0;
    double mean = 0;
    for (float y = -8; y < 8; y += 1f / 128) {
      double p = Math.exp(mixture.logProbability(parameters, Values.Numbers.of(1, y), 0)) / 128;
      sum += p;
      mean += p * y;
    }
    assertThat(sum).isCloseTo(1, offset(1e-9));
    assertThat(mixture.mean(x)[0]).isCloseTo(mean, offset(1e-9));
    assertThat(mixture.mode(x)).containsExactly(2);
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void drawsHaveTheMean(Distribution d) {
    float[] x = parameters(d, 1);
    RandomStream random = RandomStream.of(5, "draws");
    double[] mean = d.mean(x);
    double[] sums = new double[mean.length];
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      float[] row = d.draw(x, 1, random);
      assertThat(row).hasSize(d.columns());
      for (int k = 0; k < sums.length; k++) {
        sums[k] += d instanceof Categorical ? (row[0] == k ? 1 : 0) : row[k];
      }
    }
    for (int k = 0; k < sums.length; k++) {
      assertThat(sums[k] / count).as("mean %d", k).isCloseTo(mean[k], offset(0.04));
    }
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void nearTemperatureZeroDrawsAreTheMode(Distribution d) {
    float[] x = parameters(d, 1);
    if (d instanceof GaussianMixture mixture && mixture.components() > 1) {
      x[1] = 3; // the heaviest component, and the highest
    }
    float[] drawn = d.draw(x, 1e-9, RandomStream.of(6, "draws"));
    float[] mode = d.mode(x);
    for (int k = 0; k < mode.length; k++) {
      assertThat(drawn[k]).isCloseTo(mode[k], offset(1e-3f));
    }
    assertThatThrownBy(() -> d.draw(x, 0, RandomStream.of(6, "draws")))
        .hasMessage(
            "temperature: expected a number above 0, got 0.0. For always the most likely take the"
                + " mode.");
  }

  @Test
  void temperatureWidensDeviationsByItsRoot() {
    Gaussian d = new Gaussian(1);
    float one = d.draw(new float[] {0, 0.5f}, 1, RandomStream.of(7, "draws"))[0];
    float four = d.draw(new float[] {0, 0.5f}, 4, RandomStream.of(7, "draws"))[0];
    assertThat(four).isCloseTo(2 * one, offset(1e-5f));
  }

  @Test
  void extremesAreExactWhereTheyCanBeAndFiniteBeyond() {
    Tape tape = Tape.training(Kernels.get());
    Gaussian one = new Gaussian(1);
    // σ = exp(-12): y lies 2 deviations off
    float off = (float) (2 * Math.exp(-12));
    Node tiny = tape.input(1, 2, new float[] {0, -12});
    double expected = -2 + 12 - Math.log(Math.sqrt(2 * Math.PI));
    Values y = Values.Numbers.of(1, off);
    assertThat(one.logProbability(tiny, y, 0)).isCloseTo(expected, offset(1e-5));
    one.addSlopes(tiny, y, 0, 1);
    assertThat(tiny.gradient()[1]).isCloseTo(-3, offset(1e-4f));
    for (float s : new float[] {-1000, -17, 17, 1000, Float.NEGATIVE_INFINITY}) {
      Node beyond = tape.input(1, 2, new float[] {3, s});
      one.addSlopes(beyond, Values.Numbers.of(1, 4), 0, 1);
      assertThat(one.logProbability(beyond, Values.Numbers.of(1, 4), 0)).isFinite();
      assertThat(beyond.gradient()[0]).isFinite();
      assertThat(beyond.gradient()[1] * s).as("leads back from %s", s).isPositive();
      Node right = tape.input(1, 2, new float[] {4, s});
      one.addSlopes(right, Values.Numbers.of(1, 4), 0, 1);
      assertThat(right.gradient()[1] * Math.signum(s)).as("at the mean").isGreaterThan(-1e-9f);
    }
  }

  @Test
  void mixturesWithSharpComponentsAndLogitsKeepTheirShares() {
    GaussianMixture mixture = new GaussianMixture(1, 2);
    Tape tape = Tape.training(Kernels.get());
    // the second component has weight exp(-200), but the first lies 1e6 deviations off
    Node x = tape.input(1, 6, new float[] {100, -100, 1, 0, (float) Math.log(1e-6), 0});
    Values y = Values.Numbers.of(1, 0);
    double second = -200 - Math.log(Math.sqrt(2 * Math.PI));
    assertThat(mixture.logProbability(x, y, 0)).isCloseTo(second, offset(1e-9));
    mixture.addSlopes(x, y, 0, 1);
    float[] slopes = {1, -1, 0, 0, 0, 1};
    for (int i = 0; i < slopes.length; i++) {
      assertThat(x.gradient()[i]).as("slope %d", i).isCloseTo(slopes[i], offset(1e-6f));
    }
  }

  @Test
  void predictionsOfAnotherWidthAndCodesBeyondAreRefused() {
    Tape tape = Tape.inference(Kernels.get());
    Node x = tape.zeros(1, 5);
    assertThatThrownBy(() -> new Gaussian(2).sum(tape, x, Values.Numbers.of(2, 1, 2)))
        .hasMessage(
            "Predictions of Gaussian of 2: expected [N, 4], got [N, 5]. Is the dense layer as wide"
                + " as the distribution has parameters?");
    assertThatThrownBy(() -> new Categorical(5).logProbability(x, Values.Numbers.of(1, 2.5f), 0))
        .hasMessage(
            "Categorical: expected codes from 0 to 4, got 2.5 in row 0. Was the target encoded with"
                + " another vocabulary?");
    assertThatThrownBy(() -> new Bernoulli(5).mode(new float[4]))
        .hasMessage("Parameters of Bernoulli of 5: expected [5], got [4]. One row of predictions.");
  }
}
