package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.RecurrentStack;
import dev.elman.losses.Bernoulli;
import dev.elman.losses.Categorical;
import dev.elman.losses.Distribution;
import dev.elman.losses.Gaussian;
import dev.elman.losses.GaussianMixture;
import dev.elman.models.Ending;
import dev.elman.models.LanguageModel;
import dev.elman.models.SequenceModel;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import dev.elman.training.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of sequences are probability distributions: they add up to 1, and are drawn from. */
class SequenceModelTest {
  private static final int LONGEST = 4;

  static List<Ending> endings() {
    return List.of(
        new Ending.Given(), new Ending.Symbol(), new Ending.Stop(), new Ending.Length(LONGEST));
  }

  private static SequenceModel model(Distribution rows, Ending ending, int clock, int context) {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell("rnn").withHidden(5);
    int embedding = rows instanceof Categorical ? 3 : 0;
    SequenceModel model =
        new SequenceModel(
            new SequenceModel.Settings(rows, embedding, ending, clock, context, recurrent), 1);
    Probe.scatter(model.weights().list(), 1.5f);
    return model;
  }

  /** All sequences of so many of three symbols. */
  private static List<int[]> all(int length) {
    List<int[]> all = new ArrayList<>(List.of(new int[0]));
    for (int t = 0; t < length; t++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] sequence : all) {
        for (int v = 0; v < 3; v++) {
          int[] more = Arrays.copyOf(sequence, sequence.length + 1);
          more[sequence.length] = v;
          longer.add(more);
        }
      }
      all = longer;
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("endings")
  void probabilitiesOfAllSequencesAddUpToOne(Ending ending) {
    SequenceModel model = model(new Categorical(3), ending, 6, 0);
    if (ending instanceof Ending.Given) {
      assertThat(mass(model, LONGEST)).isCloseTo(1, offset(1e-6));
      return;
    }
    double sum = 0;
    for (int length = ending.fewest(); length <= LONGEST; length++) {
      sum += mass(model, length);
    }
    double rest =
        ending instanceof Ending.Length
            ? 0
            : all(LONGEST).stream().mapToDouble(beginning -> more(model, beginning)).sum();
    assertThat(sum).isBetween(0.05, 1 + 1e-6);
    assertThat(sum + rest).isCloseTo(1, offset(1e-6));
  }

  private static double mass(SequenceModel model, int length) {
    return all(length).stream()
        .mapToDouble(sequence -> Math.exp(model.logProbability(Values.Codes.of(sequence))))
        .sum();
  }

  /** The probability of all sequences that begin so and go on. */
  private static double more(SequenceModel model, int... beginning) {
    int count = beginning.length;
    double sum = 0;
    for (int v = 0; v < 3; v++) {
      int[] longer = Arrays.copyOf(beginning, count + 1);
      longer[count] = v;
      double[] parts = model.logProbabilities(Values.Codes.of(longer));
      boolean symbol = parts.length > count + 1; // the row after, whatever comes then
      int counted = symbol ? count + 1 : count;
      double p = Math.exp(DoubleStream.of(parts).limit(counted).sum());
      sum += symbol ? p : p / 3; // without one, these parts know that it goes on, and no more
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("endings")
  void drawnFrequenciesAreTheProbabilities(Ending ending) {
    SequenceModel model = model(new Categorical(3), ending, 0, 1);
    float[] context = {0.7f};
    RandomStream random = RandomStream.of(1, "draws");
    int count = 6000;
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Values.Codes drawn = (Values.Codes) model.sample(random, 1, 3, context);
      counts.merge(Arrays.stream(drawn.array(), 0, drawn.rows()).boxed().toList(), 1, Integer::sum);
    }
    int shortest = ending instanceof Ending.Given ? 3 : ending.fewest();
    int longest = ending instanceof Ending.Given ? 3 : 2; // those of 3 may be cut off
    for (int length = shortest; length <= longest; length++) {
      for (int[] sequence : all(length)) {
        double[] parts = model.logProbabilities(Values.Codes.of(sequence), context);
        double p = Math.exp(DoubleStream.of(parts).sum());
        double share =
            counts.getOrDefault(Arrays.stream(sequence).boxed().toList(), 0) / (double) count;
        double error = 4 * Math.sqrt(p * (1 - p) / count);
        assertThat(share).as(Arrays.toString(sequence)).isCloseTo(p, offset(error + 1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("endings")
  void theLossIsTheMeanOfLogProbabilitiesOverSequencesOrOverStepsOfGivenLengths(Ending ending) {
    SequenceModel model = model(new Categorical(3), ending, 4, 2);
    List<Values> sequences = new ArrayList<>();
    List<float[]> contexts = new ArrayList<>();
    double sum = 0;
    int steps = 0;
    for (int i = 0; i < 7; i++) {
      int[] codes = Arrays.copyOf(new int[] {i % 3, 2, i % 2, 1}, 1 + i % 4);
      sequences.add(Values.Codes.of(codes));
      contexts.add(Probe.numbers("context " + i, 2));
      double[] parts = model.logProbabilities(sequences.get(i), contexts.get(i));
      assertThat(parts).hasSize(ending.steps(codes.length));
      sum += DoubleStream.of(parts).sum();
      steps += parts.length;
    }
    double loss = Evaluation.meanLoss(model, model.source(sequences, contexts, 3), Threads.ONE);
    int terms = ending instanceof Ending.Given ? steps : 7;
    assertThat(loss).isCloseTo(-sum / terms, offset(1e-5));
  }

  static List<Distribution> distributions() {
    return List.of(new Bernoulli(4), new Gaussian(2), new GaussianMixture(2, 3));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void rowsOfNumbersAreDrawnAndMeasured(Distribution rows) {
    for (Ending ending : List.of(new Ending.Stop(), new Ending.Length(LONGEST))) {
      SequenceModel model = model(rows, ending, 0, 0);
      Values drawn = model.sample(RandomStream.of(2, "draws"), 0.5, 3);
      assertThat(((Values.Numbers) drawn).columns()).isEqualTo(rows.columns());
      assertThat(drawn.rows()).isBetween(1, 3);
      assertThat(model.logProbability(drawn)).isFinite();
      assertThat(model.sample(RandomStream.of(2, "draws"), 0.5, 3))
          .usingRecursiveComparison()
          .isEqualTo(drawn);
    }
  }

  @Test
  void eachStepKnowsWhatCameBeforeTheClockTheContextAndWhatRemains() {
    Values one = Values.Codes.of(0, 1, 2, 0);
    Values other = Values.Codes.of(0, 2, 2, 0);
    SequenceModel plain = model(new Categorical(3), new Ending.Given(), 0, 0);
    assertThat(plain.logProbabilities(one)[0]).isEqualTo(plain.logProbabilities(other)[0]);
    assertThat(plain.logProbabilities(one)[2]).isNotEqualTo(plain.logProbabilities(other)[2]);
    SequenceModel conditioned = model(new Categorical(3), new Ending.Given(), 0, 1);
    double[] low = conditioned.logProbabilities(one, new float[] {-1});
    double[] high = conditioned.logProbabilities(one, new float[] {1});
    for (int t = 0; t < 4; t++) {
      assertThat(low[t]).isNotEqualTo(high[t]);
    }
    SequenceModel counted = model(new Categorical(3), new Ending.Length(LONGEST), 0, 0);
    double[] four = counted.logProbabilities(one);
    double[] three = counted.logProbabilities(Values.Codes.of(0, 1, 2));
    assertThat(four[1]).isNotEqualTo(three[1]);
  }

  @Test
  void aNetworkWithAClockKnowsTheStepWithoutMemory() {
    SequenceModel timed = forgetful(model(new Categorical(3), new Ending.Given(), 4, 0));
    assertThat(timed.logProbabilities(Values.Codes.of(1, 1, 1))).doesNotHaveDuplicates();
    SequenceModel timeless = forgetful(model(new Categorical(3), new Ending.Given(), 0, 0));
    double[] parts = timeless.logProbabilities(Values.Codes.of(1, 1, 1));
    assertThat(parts).containsOnly(parts[0]);
  }

  /** Reads nothing and remembers nothing. */
  private static SequenceModel forgetful(SequenceModel model) {
    for (Weight weight : model.weights()) {
      if (weight.name().startsWith("embedding") || weight.name().contains("_hh_")) {
        weight.set(new float[weight.size()]);
      }
    }
    return model;
  }

  @Test
  void longSequencesAreMeasuredInPartsAsAWhole() {
    int[] codes = new int[1100];
    for (int t = 0; t < codes.length; t++) {
      codes[t] = t * t % 3;
    }
    SequenceModel model = model(new Categorical(3), new Ending.Given(), 0, 0);
    double loss =
        Evaluation.meanLoss(model, model.source(List.of(Values.Codes.of(codes)), 1), Threads.ONE);
    assertThat(model.logProbability(Values.Codes.of(codes)) / -1100).isCloseTo(loss, offset(1e-6));
  }

  @Test
  void aLanguageModelMeasuresTheSymbolsAfterTheFirst() {
    RecurrentStack network = RecurrentStack.DEFAULTS;
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(3, 2, LanguageModel.Output.OWN, 0.1, network), 1);
    double sum = 0;
    for (int[] rest : all(3)) {
      double[] parts = model.logProbabilities(Values.Codes.of(2, rest[0], rest[1], rest[2]));
      assertThat(parts).hasSize(3);
      sum += Math.exp(DoubleStream.of(parts).sum());
    }
    assertThat(sum).isCloseTo(1, offset(1e-6));
    assertThat(model.logProbability(Values.Codes.of(1))).isZero();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> model(new Gaussian(2), new Ending.Symbol(), 0, 0))
        .hasMessage(
            "An end symbol: expected sequences of symbols, got Gaussian of 2. Rows of numbers end"
                + " with a stop output or a length.");
    SequenceModel counted = model(new Categorical(3), new Ending.Length(LONGEST), 0, 0);
    assertThatThrownBy(() -> counted.logProbability(Values.Codes.of(0, 1, 2, 0, 1)))
        .hasMessage(
            "Sequence: expected 1 to 4 rows, got 5. Give the ending a longer longest length.");
    assertThatThrownBy(() -> counted.logProbability(Values.Codes.of()))
        .hasMessage(
            "Sequence: expected 1 to 4 rows, got 0. Only an end symbol can end an empty sequence.");
    assertThatThrownBy(() -> counted.logProbability(Values.Numbers.of(1, 2)))
        .hasMessage("Sequence: expected codes of symbols for categorical of 3, got 1 columns.");
    assertThatThrownBy(() -> counted.logProbabilities(Values.Codes.of(1), new float[2]))
        .hasMessageStartingWith("Context: expected [0], got [2].");
  }
}
