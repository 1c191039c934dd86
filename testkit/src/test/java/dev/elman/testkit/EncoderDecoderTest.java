package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.PairSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Start;
import dev.elman.layers.TanhDense;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.ScheduledSampling;
import dev.elman.models.VectorToSequence;
import dev.elman.training.Callback;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import dev.elman.training.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences to sequences of other lengths: in batches, alone, step by step, and in training. */
class EncoderDecoderTest {
  private static final Packing TARGETS = Packing.of(5, 4, 4, 1);
  private static final Values.Codes BEFORE =
      Values.Codes.of(3, 0, 1, 4, 2, 2, 4, 5, 0, 1, 3, 3, 5, 4);
  private static final Start START = new Start(Initialisation.PYTORCH, 1);

  static List<EncoderDecoder.Settings> settings() {
    return Translators.all();
  }

  private static EncoderDecoder model(EncoderDecoder.Settings settings) {
    EncoderDecoder model = new EncoderDecoder(settings, 1);
    Probe.scatter(model.weights().list(), 0.7f);
    return model;
  }

  private static float[][] together(EncoderDecoder model) {
    Values.Pairs pairs = Translators.pairs(model.settings(), BEFORE);
    Tape tape = Tape.inference(Kernels.get());
    Node logits = model.forward(tape, TARGETS, pairs, new Node[0]).rows();
    return IntStream.range(0, TARGETS.tokens())
        .mapToObj(row -> Cuts.row(logits.value(), row, 6))
        .toArray(float[][]::new);
  }

  /** The source that goes with sequence b. */
  private static Values source(Values.Pairs pairs, int b) {
    int place = pairs.places().array()[b];
    int length = pairs.packing().length(place);
    int[] rows = IntStream.range(0, length).map(s -> pairs.packing().row(s, place)).toArray();
    if (pairs.others() instanceof Values.Codes codes) {
      return Values.Codes.of(Arrays.stream(rows).map(row -> codes.array()[row]).toArray());
    }
    Values.Numbers numbers = (Values.Numbers) pairs.others();
    Values.Numbers own = new Values.Numbers(numbers.columns());
    float[] into = own.resize(length);
    for (int s = 0; s < length; s++) {
      int d = numbers.columns();
      System.arraycopy(numbers.array(), rows[s] * d, into, s * d, d);
    }
    return own;
  }

  private static int[] before(int b) {
    return IntStream.range(0, TARGETS.length(b))
        .map(t -> BEFORE.array()[TARGETS.row(t, b)])
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aPackedBatchEqualsEachPairAlone(EncoderDecoder.Settings settings) {
    EncoderDecoder model = model(settings);
    float[][] together = together(model);
    Values.Pairs pairs = Translators.pairs(settings, BEFORE);
    for (int b = 0; b < TARGETS.sequences(); b++) {
      Values source = source(pairs, b);
      Values.Pairs alone =
          new Values.Pairs(
              Values.Codes.of(before(b)),
              Packing.equal(1, source.rows()),
              source,
              Values.Codes.of(0));
      Packing one = Packing.equal(1, TARGETS.length(b));
      Tape tape = Tape.inference(Kernels.get());
      Node logits = model.forward(tape, one, alone, new Node[0]).rows();
      for (int t = 0; t < TARGETS.length(b); t++) {
        assertThat(Cuts.row(logits.value(), t, 6))
            .as("pair %d, step %d", b, t)
            .isEqualTo(together[TARGETS.row(t, b)]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void stepByStepWithTheTrueSymbolsEqualsAllAtOnce(EncoderDecoder.Settings settings) {
    EncoderDecoder model = model(settings);
    float[][] together = together(model);
    Values.Pairs pairs = Translators.pairs(settings, BEFORE);
    for (int b = 0; b < TARGETS.sequences(); b++) {
      Tape tape = Tape.inference(Kernels.get());
      Decoder.Given given = model.read(tape, source(pairs, b));
      Node[] state = given.state();
      int[] before = before(b);
      for (int t = 0; t < before.length; t++) {
        Node aligned = given.aligned() == null ? null : Slices.rows(tape, given.aligned(), t, 1);
        Decoder.Said said =
            model
                .decoder()
                .forward(
                    tape,
                    Packing.equal(1, 1),
                    Values.Codes.of(before[t]),
                    new Decoder.Given(state, given.context(), aligned, given.memory()));
        state = said.state();
        assertThat(Cuts.row(said.logits().value(), 0, 6))
            .as("pair %d, step %d", b, t)
            .isEqualTo(together[TARGETS.row(t, b)]);
      }
    }
  }

  @Test
  void withoutAMemoryEachStepLearnsByItself() {
    Decoder.Settings settings = Decoder.Settings.of(6, 3).withAligned(2);
    TanhDense hidden = TanhDense.of("hidden.", settings.inputs(), 4, START);
    Decoder decoder = new Decoder("", settings, hidden, 0, START);
    assertThat(decoder.states()).isEmpty();
    float[] x = Probe.numbers("aligned", TARGETS.tokens() * 2);
    for (int row = 0; row < TARGETS.tokens(); row++) {
      Tape tape = Tape.training(Kernels.get());
      Node aligned = tape.input(TARGETS.tokens(), 2, x);
      Node logits =
          decoder
              .forward(tape, TARGETS, BEFORE, new Decoder.Given(new Node[0], null, aligned, null))
              .logits();
      logits.gradient()[row * 6 + 1] = 1; // blame on one step alone
      tape.passBack();
      for (int other = 0; other < TARGETS.tokens(); other++) {
        float[] blame = Cuts.row(aligned.gradient(), other, 2);
        if (other == row) {
          assertThat(blame).doesNotContain(0f);
        } else {
          assertThat(blame).containsOnly(0f);
        }
      }
    }
  }

  @Test
  void withAMemoryBlameReachesEarlierSteps() {
    Decoder.Settings settings = Decoder.Settings.of(6, 3).withAligned(2);
    Layer layer = RecurrentStack.DEFAULTS.withHidden(4).build("rnn.", settings.inputs(), 1);
    Decoder decoder = new Decoder("", settings, layer, 0, START);
    Tape tape = Tape.training(Kernels.get());
    Node aligned = tape.input(TARGETS.tokens(), 2, Probe.numbers("aligned", 28));
    Node[] zeros = layer.firstState(tape, 4);
    Node logits =
        decoder
            .forward(tape, TARGETS, BEFORE, new Decoder.Given(zeros, null, aligned, null))
            .logits();
    logits.gradient()[TARGETS.lastRow(0) * 6] = 1;
    tape.passBack();
    assertThat(Cuts.row(aligned.gradient(), TARGETS.row(0, 0), 2)).doesNotContain(0f);
    assertThat(Cuts.row(aligned.gradient(), TARGETS.row(0, 1), 2)).containsOnly(0f);
  }

  private static EncoderDecoder.Settings sampling(ScheduledSampling sampling) {
    EncoderDecoder.Settings plain =
        Translators.of(EncoderDecoder.Context.FIRST_STATE, Optional.of(Attention.Score.ADDITIVE));
    return new EncoderDecoder.Settings(
        plain.source(),
        plain.target(),
        plain.link(),
        plain.feedback(),
        new EncoderDecoder.Training(sampling, 0));
  }

  /** Targets are their sources backwards, in codes of another vocabulary. */
  private static PairSource pairs() {
    List<Values> others = new ArrayList<>();
    List<Values> before = new ArrayList<>();
    List<Values> targets = new ArrayList<>();
    for (int k = 0; k < 37; k++) {
      int number = k;
      int length = 1 + k % 4;
      int[] source = IntStream.range(0, length + 1).map(t -> (number / (t + 1) + t) % 7).toArray();
      int[] target = IntStream.range(0, length).map(t -> source[length - t] % 5).toArray();
      others.add(Values.Codes.of(source));
      int[] read = new int[length + 1];
      read[0] = 5;
      System.arraycopy(target, 0, read, 1, length);
      int[] said = Arrays.copyOf(target, length + 1);
      said[length] = 5;
      before.add(Values.Codes.of(read));
      targets.add(Values.Codes.of(said));
    }
    return new PairSource(others, before, targets, 19);
  }

  private static List<float[]> trained(ScheduledSampling sampling, int threads) {
    EncoderDecoder model = new EncoderDecoder(sampling(sampling), 1);
    TrainingPlan plan = TrainingPlan.DEFAULTS.withEpochs(3).withThreads(threads);
    try (Trainer trainer = new Trainer(model, plan, pairs(), pairs(), List.of())) {
      trainer.run();
    }
    return model.weights().copy();
  }

  private static void assertSame(List<float[]> found, List<float[]> expected) {
    for (int w = 0; w < expected.size(); w++) {
      assertThat(found.get(w)).as("weight %d", w).isEqualTo(expected.get(w));
    }
  }

  @Test
  void anyNumberOfThreadsTrainsToTheSameBits() {
    ScheduledSampling often = new ScheduledSampling(ScheduledSampling.Curve.LINEAR, 0.9);
    assertSame(trained(often, 3), trained(often, 1));
  }

  @Test
  void aShareOfZeroIsTeacherForcing() {
    for (ScheduledSampling.Curve curve : ScheduledSampling.Curve.values()) {
      assertSame(trained(new ScheduledSampling(curve, 0), 1), trained(ScheduledSampling.NONE, 1));
    }
    List<float[]> other = trained(new ScheduledSampling(ScheduledSampling.Curve.LINEAR, 0.9), 1);
    assertThat(other.get(0)).isNotEqualTo(trained(ScheduledSampling.NONE, 1).get(0));
  }

  @Test
  void aTrainingThatWasResumedEndsInTheSameBits() {
    ScheduledSampling often = new ScheduledSampling(ScheduledSampling.Curve.INVERSE_SIGMOID, 0.8);
    List<float[]> whole = trained(often, 2);
    EncoderDecoder model = new EncoderDecoder(sampling(often), 1);
    TrainingPlan plan = TrainingPlan.DEFAULTS.withEpochs(3);
    List<TrainingState> states = new ArrayList<>();
    Callback stop =
        (event, state) -> {
          states.add(state.get());
          if (states.size() == 3) {
            throw new CancellationException();
          }
        };
    try (Trainer trainer = new Trainer(model, plan, pairs(), pairs(), List.of(stop))) {
      assertThatThrownBy(trainer::run).isInstanceOf(CancellationException.class);
    }
    EncoderDecoder fresh = new EncoderDecoder(sampling(often), 2);
    try (Trainer trainer = new Trainer(fresh, plan, pairs(), pairs(), List.of())) {
      trainer.resume(states.get(2));
      trainer.run();
    }
    assertSame(fresh.weights().copy(), whole);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    EncoderDecoder.Settings fits =
        Translators.of(EncoderDecoder.Context.FIRST_STATE, Optional.empty());
    assertThatThrownBy(
            () ->
                new EncoderDecoder.Settings(
                    fits.source(),
                    fits.target(),
                    new EncoderDecoder.Link(
                        EncoderDecoder.Context.NONE, Bridge.Form.DENSE, Optional.empty()),
                    fits.feedback(),
                    fits.training()))
        .hasMessageContaining("got neither a context nor attention. Give it one of them.");
    EncoderDecoder.Settings unequal =
        new EncoderDecoder.Settings(
            fits.source(),
            fits.target(),
            new EncoderDecoder.Link(
                EncoderDecoder.Context.FIRST_STATE, Bridge.Form.IDENTITY, Optional.empty()),
            fits.feedback(),
            fits.training());
    assertThatThrownBy(() -> new EncoderDecoder(unequal, 1))
        .hasMessageContaining("expected both sides to have equal states, got [3, 3]")
        .hasMessageContaining("use a dense bridge");
    assertThatThrownBy(() -> Decoder.Settings.of(6, 3).withFeedback(Decoder.Feedback.NONE))
        .hasMessageContaining("expected something to read at each step, got nothing");
    EncoderDecoder aligned =
        model(Translators.of(EncoderDecoder.Context.ALIGNED, Optional.empty()));
    Tape tape = Tape.inference(Kernels.get());
    assertThatThrownBy(
            () -> aligned.forward(tape, TARGETS, Translators.pairs(fits, BEFORE), new Node[0]))
        .hasMessageContaining("expected a target as long as its source")
        .hasMessageContaining("Use attention or another context");
  }

  @Test
  void aLearnedFirstStateBesideTheGivenOneIsRefused() {
    EncoderDecoder.Settings fits =
        Translators.of(EncoderDecoder.Context.FIRST_STATE, Optional.empty());
    EncoderDecoder.Side learned =
        new EncoderDecoder.Side(
            6, 4, RecurrentStack.DEFAULTS.withFirstState(RecurrentStack.FirstState.LEARNED));
    assertThatThrownBy(
            () ->
                new EncoderDecoder.Settings(
                    fits.source(), learned, fits.link(), fits.feedback(), fits.training()))
        .hasMessageContaining("got a learned one. Leave that away");
    assertThatThrownBy(
            () ->
                new VectorToSequence.Settings(
                    3, EncoderDecoder.Context.BOTH, learned, fits.training()))
        .hasMessageContaining("got a learned one. Leave that away");
  }

  @Test
  void theDecoderReadsForwardsOnly() {
    EncoderDecoder.Settings fits =
        Translators.of(EncoderDecoder.Context.FIRST_STATE, Optional.empty());
    RecurrentStack both =
        RecurrentStack.DEFAULTS.withDirections(RecurrentStack.Directions.BOTH).withHidden(2);
    EncoderDecoder.Settings wrong =
        new EncoderDecoder.Settings(
            fits.source(),
            new EncoderDecoder.Side(6, 4, both),
            fits.link(),
            fits.feedback(),
            fits.training());
    assertThatThrownBy(() -> new EncoderDecoder(wrong, 1))
        .hasMessageContaining("A decoder cannot be bidirectional")
        .hasMessageContaining("Make the encoder bidirectional instead.");
  }
}
