package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Attention;
import dev.elman.layers.Attention.Score;
import dev.elman.layers.Bridge;
import dev.elman.layers.Initialisation;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Start;
import dev.elman.models.Decoder.Feedback;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.EncoderDecoder.Context;
import dev.elman.models.EncoderDecoder.Link;
import dev.elman.models.EncoderDecoder.Side;
import dev.elman.tensor.Weight;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention and whole encoder-decoders give PyTorch's values and gradients. */
class GoldenTranslatorTest {
  private static final RecurrentStack BOTH_WAYS =
      RecurrentStack.DEFAULTS
          .withCell("gru")
          .withHidden(3)
          .withDirections(RecurrentStack.Directions.BOTH);
  private static final RecurrentStack WRITER =
      RecurrentStack.DEFAULTS.withCell("lstm").withHidden(5);
  private static final RecurrentStack TWO_LAYERS = WRITER.withHidden(4).withLayers(2);

  private static final Map<String, EncoderDecoder.Settings> TRANSLATORS =
      Map.of(
          "translator_attention",
          translator(
              new Side(7, 2, BOTH_WAYS),
              new Side(6, 4, WRITER),
              new Link(Context.FIRST_STATE, Bridge.Form.DENSE, Optional.of(Score.ADDITIVE)),
              Feedback.PREVIOUS_SYMBOL),
          "translator_aligned",
          translator(
              new Side(7, 2, BOTH_WAYS),
              new Side(6, 4, WRITER),
              new Link(Context.ALIGNED, Bridge.Form.DENSE, Optional.empty()),
              Feedback.PREVIOUS_SYMBOL),
          "translator_identity",
          translator(
              new Side(7, 2, TWO_LAYERS),
              new Side(6, 3, TWO_LAYERS),
              new Link(Context.FIRST_STATE, Bridge.Form.IDENTITY, Optional.empty()),
              Feedback.PREVIOUS_SYMBOL),
          "translator_each_step",
          translator(
              new Side(0, 2, BOTH_WAYS),
              new Side(6, 0, WRITER),
              new Link(Context.EACH_STEP, Bridge.Form.DENSE, Optional.empty()),
              Feedback.NONE));

  private static EncoderDecoder.Settings translator(
      Side source, Side target, Link link, Feedback feedback) {
    return new EncoderDecoder.Settings(
        source, target, link, feedback, EncoderDecoder.Training.PLAIN);
  }

  static List<String> translators() {
    return TRANSLATORS.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @EnumSource
  void attentionIsThatOfPyTorch(Score score) {
    Golden golden = new Golden("attention_" + score.name().toLowerCase(Locale.ROOT));
    int[] q = golden.shape("queries");
    int[] m = golden.shape("memory");
    Start start = new Start(Initialisation.PYTORCH, 1);
    Attention attention = new Attention("", score, new Attention.Widths(q[1], m[1]), start);
    set(attention.weights(), golden);
    Tape tape = Tape.training(Kernels.get());
    Node queries = tape.input(q[0], q[1], golden.values("queries"));
    Node memory = tape.input(m[0], m[1], golden.values("memory"));
    Packing sources = Packing.of(golden.codes("memory.lengths"));

    Attention.Memory kept = attention.remember(tape, sources, memory, golden.codes("places"));
    Node read = attention.forward(tape, Packing.of(golden.codes("lengths")), queries, kept).rows();

    golden.requireOutput("output", read.value(), 1e-5);
    Equations e = new Equations(tape);
    Node factors = tape.constant(read.rows(), read.columns(), golden.values("loss.output"));
    tape.backward(e.sum(e.multiply(read, factors)));
    golden.requireGradient("grad.queries", queries.gradient(), 1e-4);
    golden.requireGradient("grad.memory", memory.gradient(), 1e-4);
    for (Weight weight : attention.weights()) {
      golden.requireGradient("grad." + weight.name(), tape.gradient(weight), 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("translators")
  void anEncoderDecoderIsThatOfPyTorch(String name) {
    Golden golden = new Golden(name);
    EncoderDecoder model = new EncoderDecoder(TRANSLATORS.get(name), 1);
    set(model.weights().list(), golden);
    Packing packing = Packing.of(golden.codes("lengths"));
    Tape tape = Tape.training(Kernels.get());

    Node logits = model.forward(tape, packing, pairs(golden), new Node[0]).rows();
    Node loss = model.loss().sum(tape, logits, Values.Codes.of(golden.codes("target")));
    tape.backward(loss);

    golden.requireOutput("logits", logits.value(), 1e-5);
    int terms = packing.tokens();
    assertThat(loss.value()[0] / terms).isCloseTo(golden.values("loss")[0], offset(1e-5f));
    for (Weight weight : model.weights()) {
      float[] mean = tape.gradient(weight).clone();
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= terms;
      }
      golden.requireGradient("grad." + weight.name(), mean, 1e-4);
    }
  }

  private static Values.Pairs pairs(Golden golden) {
    int[] shape = golden.shape("source");
    Values source =
        shape.length == 1
            ? Values.Codes.of(golden.codes("source"))
            : Values.Numbers.of(shape[1], golden.values("source"));
    return new Values.Pairs(
        Values.Codes.of(golden.codes("before")),
        Packing.of(golden.codes("source.lengths")),
        source,
        Values.Codes.of(golden.codes("places")));
  }

  private static void set(List<Weight> weights, Golden golden) {
    for (Weight weight : weights) {
      assertThat(golden.shape(weight.name())).as(weight.name()).isEqualTo(weight.shape());
      weight.set(golden.values(weight.name()));
    }
  }
}
