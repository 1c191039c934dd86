package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.StreamState;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.models.Quantization;
import dev.elman.sessions.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Step by step as the whole sequence at once, to the bit, on any threads. */
class SessionContractTest {
  static List<AllLayers.Case> causal() {
    return LayerContractTest.causal();
  }

  static List<ModelContractTest.Case> models() {
    return ModelContractTest.models().stream().filter(c -> refusal(c.model()) == null).toList();
  }

  static List<ModelContractTest.Case> refused() {
    return ModelContractTest.models().stream().filter(c -> refusal(c.model()) != null).toList();
  }

  private static String refusal(Model model) {
    try {
      Session.of(model);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @MethodSource("causal")
  void layersStepAsTheyRunOverSequences(AllLayers.Case c) {
    Layer layer = c.layer();
    Probe probe = Probe.of(layer, 7);
    Tape tape = Tape.inference(Kernels.get());
    List<Node> whole = probe.forward(layer, tape, probe.nodes(tape, layer));
    StreamState state = new StreamState();
    Layer.Stepper stepper = layer.stepper(state);
    List<float[]> tensors = state.tensors();
    assertThat(tensors).extracting(tensor -> tensor.length).containsExactly(boxed(layer.states()));
    for (int s = 0; s < tensors.size(); s++) {
      System.arraycopy(probe.state()[s], 0, tensors.get(s), 0, tensors.get(s).length);
    }
    for (int t = 0; t < 7; t++) {
      assertThat(stepper.step(Cuts.row(probe.x(), t, layer.inputs())))
          .as("step " + t)
          .containsExactly(Cuts.row(whole.get(0).value(), t, layer.outputs()));
    }
    for (int s = 0; s < tensors.size(); s++) {
      assertThat(tensors.get(s))
          .containsExactly(Cuts.row(whole.get(1 + s).value(), 0, tensors.get(s).length));
    }
  }

  private static Integer[] boxed(int[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
  }

  @ParameterizedTest
  @MethodSource("models")
  void aStepPredictsWhatTheSequenceUpToItDoes(ModelContractTest.Case c) {
    Session session = Session.of(c.model());
    for (int t = 0; t < 9; t++) {
      assertThat(step(session, c.inputs(), t))
          .as(c + ", step " + t)
          .containsExactly(whole(c.model(), c.inputs(), t + 1));
      assertThat(session.steps()).isEqualTo(t + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void manyStepsAtOnceAreTheSame(ModelContractTest.Case c) {
    Session one = Session.of(c.model());
    Session many = Session.of(c.model());
    float[] last = null;
    for (int t = 0; t < 9; t++) {
      last = step(one, c.inputs(), t).clone();
    }
    step(many, c.inputs(), 0);
    assertThat(many.stepAll(part(c.inputs(), 1, 8))).containsExactly(last);
    assertThat(many.steps()).isEqualTo(9);
    assertThat(many.toBytes()).isEqualTo(one.toBytes());
    assertThat(step(many, c.inputs(), 3)).containsExactly(step(one, c.inputs(), 3));
  }

  @Test
  void moreStepsThanAreReadAtOnceAreTheSame() {
    LanguageModel model = model("gru", 1);
    int[] codes = new int[1300];
    Arrays.setAll(codes, i -> i * i % 11);
    Session one = Session.of(model);
    for (int code : codes) {
      one.step(code);
    }
    Session many = Session.of(model);
    many.stepAll(Values.Codes.of(codes));
    assertThat(many.toBytes()).isEqualTo(one.toBytes());
  }

  @Test
  void roundedWeightsStepAsTheyRunOverSequences() {
    for (String cell : List.of("lstm", "gru")) {
      LanguageModel model = model(cell, 2);
      Quantization.int8(model);
      Session session = Session.of(model);
      Values inputs = Values.Codes.of(3, 1, 10, 0, 4, 4);
      for (int t = 0; t < 6; t++) {
        assertThat(step(session, inputs, t)).containsExactly(whole(model, inputs, t + 1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatNeedsWholeSequencesIsRefusedWithTheReason(ModelContractTest.Case c) {
    assertThat(refusal(c.model()))
        .startsWith("Step by step: expected ")
        .containsAnyOf("reads both ways", "needs all rows at once", "reads whole sequences")
        .contains(", got ")
        .contains("\nCure: ");
  }

  @ParameterizedTest
  @MethodSource("models")
  void inputsOfTheOtherKindAreRefused(ModelContractTest.Case c) {
    Session session = Session.of(c.model());
    boolean symbols = c.inputs() instanceof Values.Codes;
    assertThatThrownBy(
            () -> step(session, symbols ? Values.Numbers.of(3, 1, 2, 3) : Values.Codes.of(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected ")
        .hasMessageContaining("got ");
    assertThatThrownBy(
            () -> step(session, symbols ? Values.Codes.of(99) : Values.Numbers.of(2, 1, 2), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected ")
        .hasMessageContaining("got ");
    assertThat(session.steps()).isZero();
    assertThat(session.toBytes()).isEqualTo(Session.of(c.model()).toBytes());
  }

  @ParameterizedTest
  @MethodSource("models")
  void aForkGoesItsOwnWay(ModelContractTest.Case c) {
    Session session = Session.of(c.model());
    step(session, c.inputs(), 0);
    Session fork = session.fork();
    float[] expected = step(session, c.inputs(), 1).clone();
    byte[] after = session.toBytes();
    assertThat(step(fork, c.inputs(), 5)).isNotEqualTo(expected);
    assertThat(session.toBytes()).isEqualTo(after);
    fork.reset();
    assertThat(fork.steps()).isZero();
    step(fork, c.inputs(), 0);
    assertThat(step(fork, c.inputs(), 1)).containsExactly(expected);
    assertThat(fork.toBytes()).isEqualTo(after);
  }

  @Test
  void threadsShareAModel() throws Exception {
    LanguageModel model = model("lstm", 2);
    List<float[]> alone = stream(model);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<float[]>>> streams = new ArrayList<>();
      LanguageModel fresh = model("lstm", 2); // nothing packed yet
      for (int i = 0; i < 24; i++) {
        streams.add(threads.submit(() -> stream(fresh)));
      }
      for (Future<List<float[]>> stream : streams) {
        assertThat(stream.get()).usingRecursiveComparison().isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<float[]> stream(Model model) {
    List<float[]> predictions = new ArrayList<>();
    Session session = Session.of(model);
    for (int t = 0; t < 50; t++) {
      predictions.add(session.step(t * t % 11).clone());
      if (t == 20) {
        session = session.fork();
      } else if (t == 30) {
        session = Session.read(model, session.toBytes());
      }
    }
    return predictions;
  }

  static LanguageModel model(String cell, int layers) {
    return model(RecurrentStack.DEFAULTS.withCell(cell).withHidden(13).withLayers(layers));
  }

  static LanguageModel model(RecurrentStack recurrent) {
    LanguageModel.Settings settings =
        new LanguageModel.Settings(11, 5, LanguageModel.Output.OWN, 0, recurrent);
    LanguageModel model = new LanguageModel(settings, 1);
    Probe.scatter(model.weights().list(), 0.6f);
    return model;
  }

  /** The prediction after some steps, read as one sequence. */
  private static float[] whole(Model model, Values inputs, int steps) {
    Tape tape = Tape.inference(Kernels.get());
    Node rows =
        model
            .forward(
                tape, Packing.equal(1, steps), part(inputs, 0, steps), model.firstState(tape, 1))
            .rows();
    return Cuts.row(rows.value(), rows.rows() - 1, rows.columns());
  }

  private static Values part(Values inputs, int from, int count) {
    if (inputs instanceof Values.Numbers numbers) {
      int d = numbers.columns();
      return Values.Numbers.of(
          d, Arrays.copyOfRange(numbers.array(), from * d, (from + count) * d));
    }
    return Values.Codes.of(Arrays.copyOfRange(((Values.Codes) inputs).array(), from, from + count));
  }

  private static float[] step(Session session, Values inputs, int t) {
    return inputs instanceof Values.Numbers numbers
        ? session.step(Cuts.row(numbers.array(), t, numbers.columns()))
        : session.step(((Values.Codes) inputs).array()[t]);
  }
}
