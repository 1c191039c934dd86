package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.cells.Cells;
import dev.elman.inspection.Example;
import dev.elman.inspection.GradientFlow;
import dev.elman.inspection.Stability;
import dev.elman.inspection.Trace;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.models.Forecaster;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.models.Quantization;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen inside a model is what goes on there. */
final class InspectionTest {
  private static final int H = 5;

  private static RecurrentStack stack(String cell, int layers) {
    return RecurrentStack.DEFAULTS.withCell(cell).withHidden(H).withLayers(layers);
  }

  private static Forecaster forecaster(RecurrentStack recurrent) {
    return new Forecaster(new Forecaster.Settings(2, List.of(0), 3, List.of(), recurrent), 1);
  }

  private static Example series(int steps) {
    return new Example(
        IntStream.range(0, steps).mapToObj(Integer::toString).toList(),
        Values.Numbers.of(2, Probe.numbers("series", 2 * steps)),
        Values.Numbers.of(3, Probe.numbers("goal", 3)));
  }

  /** h_t = w·h_{t-1} + x_t in one unit, by a rectifier that is never closed. */
  private static Forecaster linear(float w) {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell("rnn-relu").withHidden(1);
    Forecaster model = forecaster(recurrent);
    for (Weight weight : model.weights()) {
      float number = weight.name().contains("hh_l0") && weight.shape().length == 2 ? w : 0;
      number = weight.name().equals("rnn.bias_ih_l0") ? 1 : number;
      number = weight.name().equals("head.weight") ? 0.5f : number;
      float all = number;
      weight.update(values -> Arrays.fill(values, all));
    }
    return model;
  }

  @ParameterizedTest
  @ValueSource(floats = {0.5f, 1, 1.5f})
  void gradientOfLinearNetworkIsPowerOfItsWeight(float w) {
    GradientFlow flow = GradientFlow.of(linear(w), List.of(series(9)));
    assertThat(flow.curves()).hasSize(1);
    double[] norms = flow.curves().get(0).norms();
    assertThat(norms).hasSize(9);
    for (int lag = 0; lag < 9; lag++) {
      double expected = norms[0] * Math.pow(w, lag);
      assertThat(norms[lag]).isCloseTo(expected, within(1e-4 * expected));
    }
    assertThat(flow.curves().get(0).factor(0, 8)).isCloseTo(w, within(1e-4));
    Stability stability = Stability.of(linear(w), series(9)).get(0);
    assertThat(stability.growth()).isCloseTo(w, within(1e-4));
    assertThat(stability.meanRadius()).isCloseTo(w, within(1e-4));
    assertThat(stability.recurrentRadius()).isCloseTo(w, within(1e-4));
  }

  @Test
  void radiusOfComplexEigenvaluesIsFound() {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell("rnn-relu").withHidden(2);
    Forecaster model = forecaster(recurrent);
    model.weights().forEach(weight -> weight.update(values -> Arrays.fill(values, 0)));
    model.weights().get("rnn.weight_hh_l0").set(new float[] {0.6f, -0.9f, 0.4f, 0.6f}); // det 0.72
    model.weights().get("rnn.bias_ih_l0").set(new float[] {9, 9});
    Stability stability = Stability.of(model, series(6)).get(0);
    assertThat(stability.recurrentRadius()).isCloseTo(Math.sqrt(0.72), within(0.01));
  }

  /**
   * dL/dh_t by central differences: a nudge of h_t is one of the state that a shorter run begins
   * with.
   */
  @ParameterizedTest
  @ValueSource(strings = {"rnn", "gru", "lstm"})
  void gradientNormsAreThoseOfFiniteDifferences(String cell) {
    Forecaster model = forecaster(stack(cell, 1));
    Example example = series(6);
    GradientFlow flow = GradientFlow.of(model, List.of(example));
    int states = Cells.named(cell).widths(H).length;
    assertThat(flow.curves()).hasSize(states);
    List<Trace> traces = Trace.states(model, example);
    for (int lag = 1; lag < 6; lag++) { // at lag 0 the run would be empty
      int t = 5 - lag;
      double squares = 0;
      for (int i = 0; i < H; i++) {
        double slope =
            (loss(model, example, traces, t, i, 1e-2f) - loss(model, example, traces, t, i, -1e-2f))
                / 2e-2;
        squares += slope * slope;
      }
      double expected = Math.sqrt(squares);
      double norm = flow.curves().get(0).norms()[lag];
      assertThat(norm).as("lag " + lag).isCloseTo(expected, within(0.02 * expected));
    }
  }

  private static double loss(
      Forecaster model, Example example, List<Trace> traces, int t, int unit, float nudge) {
    Tape tape = Tape.inference(Kernels.get());
    Node[] state = model.firstState(tape, 1);
    for (int s = 0; s < state.length; s++) {
      System.arraycopy(traces.get(s).values()[t], 0, state[s].value(), 0, H);
    }
    state[0].value()[unit] += nudge;
    float[] all = ((Values.Numbers) example.inputs()).array();
    float[] rest = Arrays.copyOfRange(all, 2 * (t + 1), 2 * example.steps());
    int steps = example.steps() - t - 1;
    Layer.Output output =
        model.forward(tape, Packing.equal(1, steps), Values.Numbers.of(2, rest), state);
    return model.measure().sum(tape, output.rows(), example.goal()).value()[0]
        / model.measure().terms(output.rows(), example.goal());
  }

  @Test
  void simpleCellForgetsFasterThanLstmThatBeginsByRemembering() {
    double rnn = factor("rnn");
    double lstm = factor("lstm");
    assertThat(rnn).isLessThan(lstm - 0.1);
    assertThat(lstm).isBetween(0.6, 1.0);
  }

  private static double factor(String cell) {
    RecurrentStack recurrent =
        RecurrentStack.DEFAULTS
            .withCell(cell)
            .withHidden(24)
            .withInitialisation(
                cell.equals("lstm") ? Initialisation.ORTHOGONAL : Initialisation.PYTORCH);
    GradientFlow flow = GradientFlow.of(forecaster(recurrent), List.of(series(40)));
    return flow.curves().get(0).factor(0, 30);
  }

  @Test
  void tracesAreTheStatesOfForwardPass() {
    for (String cell : List.of("rnn", "gru", "lstm")) {
      Forecaster model = forecaster(stack(cell, 2).withDropout(0.3));
      Example example = series(7);
      Tape tape = Tape.inference(Kernels.get());
      Layer.Output output =
          model.forward(tape, Packing.equal(1, 7), example.inputs(), model.firstState(tape, 1));
      List<Trace> traces = Trace.states(model, example);
      assertThat(traces).hasSize(output.state().length);
      for (int s = 0; s < traces.size(); s++) {
        float[] last = Arrays.copyOf(output.state()[s].value(), H);
        assertThat(traces.get(s).values()[6]).containsExactly(last, within(1e-6f));
      }
    }
  }

  @Test
  void gatesAreNamedAndBetweenZeroAndOne() {
    List<Trace> gates = Trace.gates(forecaster(stack("lstm", 2)), series(4));
    assertThat(gates)
        .extracting(trace -> trace.layer() + " " + trace.name())
        .containsExactly(
            "rnn_l0 i",
            "rnn_l0 f",
            "rnn_l0 g",
            "rnn_l0 o",
            "rnn_l1 i",
            "rnn_l1 f",
            "rnn_l1 g",
            "rnn_l1 o");
    assertThat(gates.get(0).isShare()).isTrue();
    assertThat(gates.get(2).isShare()).isFalse();
    Trace made = new Trace("rnn_l0", "i", new float[][] {{0, 0.5f}, {1, 0.95f}});
    assertThat(made.mean(0)).isEqualTo(0.5);
    assertThat(made.below(0.1)).isEqualTo(0.25);
    assertThat(made.above(0.9)).isEqualTo(0.5);
    assertThat(made.above(1, 0.9)).isEqualTo(0.5);
  }

  @Test
  void backwardHalfIsShownInTheOrderOfTheSequence() {
    Forecaster model = forecaster(stack("gru", 1).withDirections(RecurrentStack.Directions.BOTH));
    Example example = series(4);
    Tape tape = Tape.inference(Kernels.get());
    Layer.Output output =
        model.forward(tape, Packing.equal(1, 4), example.inputs(), model.firstState(tape, 1));
    List<Trace> traces = Trace.states(model, example);
    assertThat(traces.get(1).layer()).isEqualTo("rnn_l0_reverse");
    float[] last = Arrays.copyOf(output.state()[1].value(), H);
    assertThat(traces.get(1).values()[0]).containsExactly(last, within(1e-6f));
  }

  @Test
  void lossIsThatOfTheLastStepOfText() {
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(4, 3, LanguageModel.Output.OWN, 0, stack("lstm", 2)), 1);
    Example example =
        new Example(List.of("a", "b", "c"), Values.Codes.of(0, 1, 2), Values.Codes.of(3));
    GradientFlow flow = GradientFlow.of(model, List.of(example));
    assertThat(flow.curves()).hasSize(4);
    for (GradientFlow.Curve curve : flow.curves()) {
      assertThat(curve.norms()).hasSize(3);
      assertThat(Arrays.stream(curve.norms())).allMatch(norm -> norm > 0);
    }
  }

  @Test
  void meanIsOverSequencesThatReachTheLag() {
    Classifier model =
        new Classifier(new Classifier.Settings(0, 2, 2, Pooling.LAST, 0, stack("gru", 1)), 1);
    Example longer = labelled(series(5));
    Example shorter = labelled(series(3));
    double[] both = norms(model, List.of(shorter, longer));
    double[] one = norms(model, List.of(longer));
    double[] other = norms(model, List.of(shorter));
    assertThat(both).hasSize(5);
    assertThat(both[4]).isEqualTo(one[4]);
    assertThat(both[1]).isEqualTo((one[1] + other[1]) / 2, within(1e-12));
  }

  private static Example labelled(Example example) {
    return new Example(example.labels(), example.inputs(), Values.Codes.of(1));
  }

  private static double[] norms(Model model, List<Example> examples) {
    return GradientFlow.of(model, examples).curves().get(0).norms();
  }

  @Test
  void refusesWhereLagHasNoMeaning() {
    Forecaster both = forecaster(stack("gru", 1).withDirections(RecurrentStack.Directions.BOTH));
    assertThatThrownBy(() -> GradientFlow.of(both, List.of(series(3))))
        .hasMessageContainingAll("bidirectional", "Cure", "--states");
    Forecaster model = forecaster(stack("gru", 1));
    Example blind = Example.of(series(3).labels(), series(3).inputs());
    assertThatThrownBy(() -> GradientFlow.of(model, List.of(blind)))
        .hasMessageContaining("3 steps without");
    assertThatThrownBy(() -> Trace.gates(forecaster(stack("rnn", 1)), series(3)))
        .hasMessageContainingAll("no gates", "--states", "--cell lstm");
    Quantization.int8(model);
    assertThatThrownBy(() -> GradientFlow.of(model, List.of(series(3))))
        .hasMessageContainingAll("int8", "quantized");
  }
}
