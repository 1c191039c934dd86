package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.inspection.Example;
import dev.elman.inspection.Examples;
import dev.elman.inspection.FreshModel;
import dev.elman.inspection.GradientFlow;
import dev.elman.inspection.Trace;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.EncoderDecoder.Context;
import dev.elman.models.EncoderDecoder.Side;
import dev.elman.tasks.TextPairs;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.TrainedTranslator.Order;
import dev.elman.tasks.Translation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A look inside a translator: two networks, and two sequences of unequal lengths. */
final class TranslatorInspectionTest {
  private static final int H = 4;
  private static final TextPairs PAIRS =
      new TextPairs(
          "pairs", List.of("word", "turned"), List.of("abcab", "cba"), List.of("BAC", "CCABA"));

  /** Reads a, b, c and writes A, B, C; its encoder's first state is a weight. */
  private static TrainedTranslator translator(
      RecurrentStack network, Optional<Attention.Score> attention, Order order) {
    RecurrentStack reader = network.withHidden(H).withFirstState(RecurrentStack.FirstState.LEARNED);
    RecurrentStack writer = RecurrentStack.DEFAULTS.withCell(network.cell()).withHidden(H);
    EncoderDecoder model =
        new EncoderDecoder(
            new EncoderDecoder.Settings(
                new Side(3, 2, reader),
                new Side(4, 2, writer),
                new EncoderDecoder.Link(Context.FIRST_STATE, Bridge.Form.DENSE, attention),
                Decoder.Feedback.PREVIOUS_SYMBOL,
                EncoderDecoder.Training.PLAIN),
            1);
    Probe.scatter(model.weights().list(), 0.9f);
    return new TrainedTranslator(
        model,
        new TrainedTranslator.Side(Vocabulary.of(Unit.CHARACTER, "abc"), "word"),
        new TrainedTranslator.Side(Vocabulary.of(Unit.CHARACTER, "ABC"), "turned"),
        order,
        1);
  }

  private static RecurrentStack network(String cell) {
    return RecurrentStack.DEFAULTS.withCell(cell);
  }

  /** A nudge of the encoder's h_t is one of the state that the rest of the source begins with. */
  @ParameterizedTest
  @ValueSource(strings = {"rnn", "gru", "lstm"})
  void gradientsOfTheEncoderAreThoseOfFiniteDifferences(String cell) {
    TrainedTranslator trained = translator(network(cell), Optional.empty(), Order.FORWARD);
    Example example = Examples.pairs(trained, PAIRS.part(new int[] {0}), 1).get(0);
    Values.Pairs pairs = (Values.Pairs) example.inputs();
    int[] source = Arrays.copyOf(((Values.Codes) pairs.others()).array(), 5);
    EncoderDecoder model = trained.model();
    List<Trace> states = traces(model, example, "encoder.rnn_l0");
    double[] norms = norms(model, example, "encoder.rnn_l0");
    assertThat(norms).hasSize(5);
    for (int lag = 1; lag < 5; lag++) { // at lag 0 nothing would be left to read
      int t = 4 - lag;
      Values.Codes rest = Values.Codes.of(Arrays.copyOfRange(source, t + 1, 5));
      Values.Pairs shorter =
          new Values.Pairs(pairs.own(), Packing.equal(1, lag), rest, pairs.places());
      double expected =
          slope(
              states.get(0).values()[t],
              h -> {
                begin(model, 0, h);
                for (int s = 1; s < states.size(); s++) {
                  begin(model, s, states.get(s).values()[t]);
                }
                return loss(
                    model, new Example(example.labels(), letters(rest.rows()), shorter, goal()));
              });
      assertThat(norms[lag]).as("lag " + lag).isCloseTo(expected, within(0.02 * expected));
    }
  }

  private static List<String> letters(int count) {
    return List.of("abcab".substring(0, count).split(""));
  }

  private static Values.Codes goal() {
    return Values.Codes.of(3); // the end
  }

  private static void begin(EncoderDecoder model, int state, float[] numbers) {
    model.weights().get("encoder.rnn.first_state_" + state + "_l0").set(numbers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "gru", "lstm"})
  void gradientsOfTheDecoderAreThoseOfFiniteDifferences(String cell) {
    TrainedTranslator trained =
        translator(network(cell), Optional.of(Attention.Score.ADDITIVE), Order.FORWARD);
    Example example = Examples.pairs(trained, PAIRS.part(new int[] {1}), 1).get(0);
    Values.Pairs pairs = (Values.Pairs) example.inputs();
    int[] before = Arrays.copyOf(((Values.Codes) pairs.own()).array(), 6);
    List<Trace> states = traces(trained.model(), example, "decoder.rnn_l0");
    double[] norms = norms(trained.model(), example, "decoder.rnn_l0");
    assertThat(norms).hasSize(6);
    for (int lag = 1; lag < 6; lag++) {
      int t = 5 - lag;
      Values.Codes rest = Values.Codes.of(Arrays.copyOfRange(before, t + 1, 6));
      double expected =
          slope(
              states.get(0).values()[t],
              h -> {
                Tape tape = Tape.inference(Kernels.get());
                Decoder.Given given = trained.model().read(tape, pairs.others());
                for (int s = 0; s < states.size(); s++) {
                  float[] from = s == 0 ? h : states.get(s).values()[t];
                  System.arraycopy(from, 0, given.state()[s].value(), 0, H);
                }
                Packing steps = Packing.equal(1, rest.rows());
                Node rows = trained.model().decoder().forward(tape, steps, rest, given).logits();
                return loss(trained.model(), tape, rows);
              });
      assertThat(norms[lag]).as("lag " + lag).isCloseTo(expected, within(0.02 * expected));
    }
  }

  /** The length of a loss's slope by central differences. */
  private static double slope(float[] at, ToDoubleFunction<float[]> loss) {
    double squares = 0;
    for (int i = 0; i < at.length; i++) {
      float[] up = at.clone();
      float[] down = at.clone();
      up[i] += 1e-2f;
      down[i] -= 1e-2f;
      double slope = (loss.applyAsDouble(up) - loss.applyAsDouble(down)) / 2e-2;
      squares += slope * slope;
    }
    return Math.sqrt(squares);
  }

  private static double loss(EncoderDecoder model, Example example) {
    Tape tape = Tape.inference(Kernels.get());
    Packing steps = Packing.equal(1, example.steps());
    return loss(model, tape, model.forward(tape, steps, example.inputs(), new Node[0]).rows());
  }

  private static double loss(EncoderDecoder model, Tape tape, Node rows) {
    Node last = Slices.rows(tape, rows, rows.rows() - 1, 1);
    return model.measure().sum(tape, last, goal()).value()[0];
  }

  private static List<Trace> traces(EncoderDecoder model, Example example, String layer) {
    return Trace.states(model, example).stream()
        .filter(trace -> trace.layer().equals(layer))
        .toList();
  }

  private static double[] norms(EncoderDecoder model, Example example, String layer) {
    return GradientFlow.of(model, List.of(example)).curves().stream()
        .filter(curve -> curve.layer().equals(layer) && curve.state() == 0)
        .findFirst()
        .orElseThrow()
        .norms();
  }

  @Test
  void eachNetworkIsShownAlongItsOwnSequence() {
    TrainedTranslator trained = translator(network("gru"), Optional.empty(), Order.REVERSED);
    Example example = Examples.pairs(trained, PAIRS, 2).get(0);
    assertThat(example.labels("encoder.rnn_l0")).containsExactly("b", "a", "c", "b", "a");
    assertThat(example.labels("decoder.rnn_l0")).containsExactly("B", "A", "C", Translation.END);
    for (Trace gate : Trace.gates(trained.model(), example)) {
      assertThat(gate.steps()).isEqualTo(example.labels(gate.layer()).size());
    }
  }

  @Test
  void textIsSeenWithItsOwnTranslation() {
    TrainedTranslator trained =
        translator(network("lstm"), Optional.of(Attention.Score.DOT), Order.FORWARD);
    trained.model().weights().get("decoder.head.bias").set(new float[] {0, 9, 0, 0});
    Example endless = Examples.translation(trained, "cab");
    assertThat(endless.labels()).hasSize(trained.most(3)).containsOnly("B");
    trained.model().weights().get("decoder.head.bias").set(new float[] {0, 0, 0, 9});
    Example ended = Examples.translation(trained, "cab");
    assertThat(ended.labels()).containsExactly(Translation.END);
    assertThat(ended.labels("encoder.rnn_l0")).containsExactly("c", "a", "b");
    assertThat(norms(trained.model(), ended, "decoder.rnn_l0")).hasSize(1);
    assertThat(norms(trained.model(), ended, "encoder.rnn_l0")).hasSize(3).doesNotContain(0);
  }

  @Test
  void encoderThatReadsBothWaysIsLeftOutOfGradients() {
    TrainedTranslator trained =
        translator(
            network("gru").withLayers(2).withDirections(RecurrentStack.Directions.BOTH),
            Optional.of(Attention.Score.GENERAL),
            Order.FORWARD);
    List<Example> examples = Examples.pairs(trained, PAIRS, 2);
    GradientFlow flow = GradientFlow.of(trained.model(), examples);
    assertThat(flow.bothWays()).containsExactly("encoder.rnn");
    assertThat(flow.curves()).extracting(GradientFlow.Curve::layer).containsOnly("decoder.rnn_l0");
    assertThat(Trace.states(trained.model(), examples.get(0)))
        .extracting(Trace::layer)
        .contains("encoder.rnn_l0_reverse", "encoder.rnn_l1", "decoder.rnn_l0");
  }

  @Test
  void freshTranslatorHasTheSameSettings() {
    TrainedTranslator trained = translator(network("gru"), Optional.empty(), Order.FORWARD);
    EncoderDecoder same = (EncoderDecoder) FreshModel.of(trained, 1);
    assertThat(same.settings()).isEqualTo(trained.model().settings());
    EncoderDecoder other = (EncoderDecoder) FreshModel.of(trained, "rnn", 1);
    assertThat(other.settings().source().recurrent().cell()).isEqualTo("rnn");
    assertThat(other.settings().target().recurrent().cell()).isEqualTo("rnn");
  }
}
