package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Packing;
import dev.elman.batches.SequenceSource;
import dev.elman.batches.Shard;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.Merge;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Window;
import dev.elman.layers.Wiring;
import dev.elman.losses.Categorical;
import dev.elman.losses.GaussianMixture;
import dev.elman.models.Classifier;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.Ending;
import dev.elman.models.Forecaster;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.models.SequenceModel;
import dev.elman.models.VectorToSequence;
import dev.elman.training.BatchPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model keeps to. */
class ModelContractTest {
  private static final Packing PACKING = Packing.of(5, 4, 4, 1);
  private static final RecurrentStack.Directions FORWARD = RecurrentStack.Directions.FORWARD;
  private static final RecurrentStack.Directions BOTH = RecurrentStack.Directions.BOTH;

  /** A model with inputs and targets for {@link #PACKING}. */
  record Case(String name, Model model, Values inputs, Values targets) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> models() {
    Values symbols = Values.Codes.of(3, 0, 1, 4, 2, 2, 4, 5, 0, 1, 3, 3, 5, 4);
    Values next = Values.Codes.of(2, 1, 0, 5, 5, 4, 3, 0, 0, 2, 1, 4, 5, 3);
    Values labels = Values.Codes.of(1, 0, 2, 2);
    Values numbers = Values.Numbers.of(3, Probe.numbers("inputs", 14 * 3));
    List<Case> cases = new ArrayList<>();
    for (LanguageModel.Output output : LanguageModel.Output.values()) {
      LanguageModel.Settings settings =
          new LanguageModel.Settings(6, 4, output, 0.1, network("lstm", 4, 2, FORWARD));
      cases.add(
          new Case("language model " + output, new LanguageModel(settings, 1), symbols, next));
    }
    for (Pooling pooling : Pooling.values()) {
      Classifier.Settings settings =
          new Classifier.Settings(6, 4, 3, pooling, 0.1, network("gru", 2, 1, BOTH));
      cases.add(new Case("classifier " + pooling, new Classifier(settings, 1), symbols, labels));
    }
    Classifier.Settings settings =
        new Classifier.Settings(0, 3, 3, Pooling.LAST, 0, network("rnn", 5, 1, FORWARD));
    cases.add(new Case("classifier of numbers", new Classifier(settings, 1), numbers, labels));
    for (List<Double> quantiles : List.of(List.<Double>of(), List.of(0.1, 0.5, 0.9))) {
      Forecaster.Settings forecast =
          new Forecaster.Settings(3, List.of(2, 0), 2, quantiles, network("lstm", 5, 1, FORWARD));
      Values targets = Values.Numbers.of(4, Probe.numbers("targets", 4 * 4));
      cases.add(new Case("forecaster " + quantiles, new Forecaster(forecast, 1), numbers, targets));
    }
    for (VectorToSequence.Settings caption : Translators.fromVectors()) {
      Values vectors = Values.Numbers.of(3, Probe.numbers("vectors", 4 * 3));
      Values.Pairs pairs =
          new Values.Pairs(
              symbols, Packing.equal(4, 1), vectors, Values.Codes.of(Translators.PLACES));
      String name = "vector to sequence " + caption.context();
      cases.add(new Case(name, new VectorToSequence(caption, 1), pairs, next));
    }
    RecurrentStack learned =
        network("lstm", 4, 2, FORWARD).withFirstState(RecurrentStack.FirstState.LEARNED);
    RecurrentStack wired =
        learned.withWiring(
            Wiring.DEFAULTS
                .withConnections(Wiring.Connections.RESIDUAL)
                .withDenseIn(List.of(3))
                .withDenseOut(List.of(5)));
    LanguageModel.Settings text =
        new LanguageModel.Settings(6, 4, LanguageModel.Output.OWN, 0, wired);
    cases.add(new Case("wired language model", new LanguageModel(text, 1), symbols, next));
    Classifier.Settings summed =
        new Classifier.Settings(
            6,
            4,
            3,
            Pooling.LAST,
            0,
            learned.withWiring(Wiring.DEFAULTS.withDirections(BOTH).withMerge(Merge.SUM)));
    cases.add(new Case("classifier of sums", new Classifier(summed, 1), symbols, labels));
    Forecaster.Settings windows =
        new Forecaster.Settings(
            3, List.of(1), 2, List.of(), learned.withCell(Window.NAME).withTau(3));
    Values two = Values.Numbers.of(2, Probe.numbers("targets", 4 * 2));
    cases.add(new Case("forecaster by windows", new Forecaster(windows, 1), numbers, two));
    for (EncoderDecoder.Settings translate : Translators.all()) {
      cases.add(
          new Case(
              Translators.name(translate),
              new EncoderDecoder(translate, 1),
              Translators.pairs(translate, symbols),
              next));
    }
    cases.addAll(sequenceModels());
    cases.forEach(c -> Probe.scatter(c.model().weights().list(), 0.6f));
    return cases;
  }

  private static List<Case> sequenceModels() {
    float[] stops = Probe.numbers("stops", 14 * 3);
    for (int i = 2; i < stops.length; i += 3) {
      stops[i] = stops[i] > 0 ? 1 : 0;
    }
    float[] lengths = new float[14 * 2];
    float[] inputs = Probe.numbers("inputs", 14 * 4);
    for (int i = 0; i < 14; i++) {
      lengths[2 * i + 1] = i < 4 ? PACKING.length(i) - 1 : 0;
      lengths[2 * i] = i < 4 ? 0 : i % 5;
      inputs[4 * i] = i % 6; // codes
    }
    lengths[2 * 3 + 1] = 3;
    SequenceModel.Settings symbols =
        new SequenceModel.Settings(
            new Categorical(5), 3, new Ending.Symbol(), 0, 0, network("lstm", 4, 2, FORWARD));
    SequenceModel.Settings numbers =
        new SequenceModel.Settings(
            new GaussianMixture(2, 3), 0, new Ending.Stop(), 10, 2, network("gru", 4, 1, FORWARD));
    SequenceModel.Settings counted =
        new SequenceModel.Settings(
            new Categorical(5), 3, new Ending.Length(5), 8, 0, network("rnn", 4, 1, FORWARD));
    return List.of(
        new Case(
            "sequences of symbols with an end",
            new SequenceModel(symbols, 1),
            Values.Codes.of(5, 5, 5, 5, 4, 2, 2, 4, 0, 0, 1, 3, 3, 1),
            Values.Codes.of(2, 1, 0, 5, 4, 4, 3, 0, 0, 2, 5, 5, 1, 5)),
        new Case(
            "sequences of numbers with a stop output",
            new SequenceModel(numbers, 1),
            Values.Numbers.of(5, Probe.numbers("inputs", 14 * 5)),
            Values.Numbers.of(3, stops)),
        new Case(
            "sequences of symbols with their length",
            new SequenceModel(counted, 1),
            Values.Numbers.of(4, inputs),
            Values.Numbers.of(2, lengths)));
  }

  private static RecurrentStack network(
      String cell, int hidden, int layers, RecurrentStack.Directions directions) {
    return network(cell, hidden, layers, directions, 0.2);
  }

  private static RecurrentStack network(
      String cell, int hidden, int layers, RecurrentStack.Directions directions, double dropout) {
    Dropout.Mask mask = Dropout.Mask.EACH_SEQUENCE;
    return RecurrentStack.DEFAULTS
        .withCell(cell)
        .withHidden(hidden)
        .withLayers(layers)
        .withDirections(directions)
        .withDropout(dropout)
        .withMask(mask)
        .withInitialisation(Initialisation.ORTHOGONAL);
  }

  @Test
  void everyModelIsTested() {
    assertThat(Classes.implementing(Model.class))
        .isSubsetOf(models().stream().<Class<?>>map(c -> c.model().getClass()).toList());
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientsOfLossAndStateAreThoseOfFiniteDifferences(Case c) {
    Model model = c.model();
    List<GradientCheck.Input> state = new ArrayList<>();
    for (int width : model.states()) {
      state.add(GradientCheck.Input.random("state " + state.size(), 4, width));
    }
    new GradientCheck(model.weights().list(), state)
        .check(
            (tape, first) -> {
              Layer.Output output = model.forward(tape, PACKING, c.inputs(), first);
              List<Node> results = new ArrayList<>(Arrays.asList(output.state()));
              results.add(model.loss().sum(tape, output.rows(), c.targets()));
              return results;
            });
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyWeightIsListedOnceAndMatters(Case c) {
    Tape tape = Tape.training(Kernels.get());
    Node[] zeros = c.model().firstState(tape, 4);
    Layer.Output output = c.model().forward(tape, PACKING, c.inputs(), zeros);
    tape.backward(c.model().loss().sum(tape, output.rows(), c.targets()));
    for (var weight : c.model().weights()) {
      assertThat(Kernels.get().sumOfSquares(tape.gradient(weight), 0, weight.size()))
          .as(weight.name())
          .isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void inputsOfTheOtherKindAreRefused(Case c) {
    Values other =
        c.inputs() instanceof Values.Codes
            ? Values.Numbers.of(3, new float[42])
            : Values.Codes.of(new int[14]);
    Tape tape = Tape.inference(Kernels.get());
    Node[] zeros = c.model().firstState(tape, 4);
    assertThatThrownBy(() -> c.model().forward(tape, PACKING, other, zeros))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected ")
        .hasMessageContaining("got ");
  }

  @Test
  void aForecasterThatHasLearnedNothingRepeatsTheLastValues() {
    Forecaster.Settings settings =
        new Forecaster.Settings(
            3, List.of(2, 0), 2, List.of(0.1, 0.5, 0.9), network("gru", 5, 1, FORWARD));
    Forecaster model = new Forecaster(settings, 1);
    Probe.scatter(model.weights().list(), 0);
    float[] x = Probe.numbers("inputs", 14 * 3);
    Tape tape = Tape.inference(Kernels.get());
    Values inputs = Values.Numbers.of(3, x);
    Node found = model.forward(tape, PACKING, inputs, model.firstState(tape, 4)).rows();
    for (int b = 0; b < 4; b++) {
      int row = PACKING.lastRow(b) * 3;
      float two = x[row + 2];
      float zero = x[row];
      assertThat(Cuts.row(found.value(), b, 12))
          .containsExactly(two, two, two, zero, zero, zero, two, two, two, zero, zero, zero);
    }
  }

  @Test
  void shardsOfABatchAddUpToTheBatch() {
    Classifier.Settings settings =
        new Classifier.Settings(6, 4, 3, Pooling.MEAN, 0, network("lstm", 5, 1, BOTH, 0));
    Classifier model = new Classifier(settings, 1);
    Probe.scatter(model.weights().list(), 0.6f);
    List<Values> sequences = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      int k = i;
      int[] codes = IntStream.rangeClosed(0, i % 7).map(t -> (5 * k + t * t) % 6).toArray();
      sequences.add(Values.Codes.of(codes));
    }
    int[] labels = IntStream.range(0, 19).map(i -> i * i % 3).toArray();
    SequenceSource source = new SequenceSource(sequences, labels, 19);
    assertThat(Shard.count(19, source.tokens(0), model.states())).isGreaterThan(1);

    Batch whole = source.blank();
    source.fill(0, Shard.WHOLE, whole);
    Tape tape = Tape.training(Kernels.get());
    Node[] zeros = model.firstState(tape, 19);
    Layer.Output output = model.forward(tape, whole.packing(), whole.inputs(), zeros);
    Node loss = model.loss().sum(tape, output.rows(), whole.targets());
    tape.backward(loss);

    for (int count = 1; count <= 3; count++) {
      try (Threads threads = new Threads(count)) {
        BatchPass pass = new BatchPass(model, source, threads, 1);
        assertThat(pass.run(0, 0)).isCloseTo(loss.value()[0] / 19, offset(1e-6));
        for (int w = 0; w < pass.gradients().size(); w++) {
          float[] gradient = pass.gradients().get(w);
          float[] expected = tape.gradient(model.weights().list().get(w));
          for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i]).isCloseTo(expected[i] / 19, offset(1e-6f));
          }
        }
      }
    }
  }
}
