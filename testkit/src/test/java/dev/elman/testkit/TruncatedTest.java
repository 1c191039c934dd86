package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.StreamSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.losses.CrossEntropy;
import dev.elman.models.LanguageModel;
import dev.elman.optimizers.Sgd;
import dev.elman.tensor.RandomStream;
import dev.elman.training.BatchPass;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import dev.elman.training.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Truncated backpropagation by its definition: an update every k1 steps, of the k1 newest losses,
 * whose blame flows back k2 steps.
 */
class TruncatedTest {
  private static final int[] TEXT = new int[700];

  static {
    Arrays.setAll(TEXT, i -> (i * i + i / 7) % 6);
  }

  private static LanguageModel model(String cell, double dropout, int recompute) {
    RecurrentStack recurrent =
        RecurrentStack.DEFAULTS
            .withCell(cell)
            .withHidden(5)
            .withLayers(2)
            .withDropout(dropout)
            .withMask(Dropout.Mask.EACH_SEQUENCE)
            .withInitialisation(Initialisation.PYTORCH)
            .withRecompute(recompute);
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(6, 4, LanguageModel.Output.OWN, 0, recurrent), 1);
    Probe.scatter(model.weights().list(), 1);
    return model;
  }

  @ParameterizedTest(name = "{0}, {1} streams, k1 = {2}, k2 = {3}, recomputed every {4}")
  @CsvSource({
    "lstm, 3, 4, 12, 0", // one shard
    "gru, 19, 3, 8, 0", // two, k2 no multiple of k1
    "rnn, 2, 5, 7, 0", // k1 more than a half of k2
    "lstm, 3, 4, 12, 3",
    "lstm, 3, 6, 6, 0"
  })
  void gradientsAreThoseOfTheNewestLossesBackToWhereItIsCut(
      String cell, int streams, int every, int bptt, int recompute) {
    LanguageModel model = model(cell, 0, recompute);
    StreamSource source = StreamSource.training(TEXT, streams, bptt, every);
    BatchPass pass = new BatchPass(model, source, Threads.ONE, 1);
    for (int batch = 0; batch < 6; batch++) {
      double loss = pass.run(batch, batch);
      int end = (batch + 1) * every;
      Expected expected = byDefinition(model, streams, Math.max(0, end - bptt), end, every);
      assertThat(loss).as("loss of batch " + batch).isCloseTo(expected.loss(), offset(1e-5));
      for (int w = 0; w < expected.gradients().size(); w++) {
        assertThat(pass.gradients().get(w))
            .as("batch %d, %s", batch, model.weights().list().get(w).name())
            .containsExactly(expected.gradients().get(w), offset(2e-6f));
      }
    }
  }

  private record Expected(double loss, List<float[]> gradients) {}

  /** Each stream by itself, the state that is blocked computed from the beginning of the stream. */
  private static Expected byDefinition(
      LanguageModel model, int streams, int from, int end, int every) {
    int length = (TEXT.length - 1) / streams;
    double loss = 0;
    List<float[]> gradients = new ArrayList<>();
    model.weights().forEach(weight -> gradients.add(new float[weight.size()]));
    for (int b = 0; b < streams; b++) {
      int begin = b * length;
      Tape tape = Tape.training(Kernels.get());
      Node[] state = model.firstState(tape, 1);
      if (from > 0) {
        state = blocked(tape, forward(model, tape, begin, begin + from, state).state());
      }
      Node rows = forward(model, tape, begin + from, begin + end, state).rows();
      Node newest = Slices.rows(tape, rows, end - every - from, every);
      int[] targets = Arrays.copyOfRange(TEXT, begin + end - every + 1, begin + end + 1);
      Node sum = CrossEntropy.PLAIN.sum(tape, newest, Values.Codes.of(targets));
      tape.backward(sum);
      loss += sum.value()[0];
      for (int w = 0; w < gradients.size(); w++) {
        float[] ofStream = tape.gradient(model.weights().list().get(w));
        for (int i = 0; i < ofStream.length; i++) {
          gradients.get(w)[i] += ofStream[i] / (streams * every);
        }
      }
    }
    return new Expected(loss / (streams * every), gradients);
  }

  private static Layer.Output forward(
      LanguageModel model, Tape tape, int from, int to, Node... state) {
    Values codes = Values.Codes.of(Arrays.copyOfRange(TEXT, from, to));
    return model.forward(tape, Packing.of(to - from), codes, state.clone());
  }

  private static Node[] blocked(Tape tape, Node... state) {
    return Arrays.stream(state)
        .map(node -> tape.constant(1, node.columns(), node.value()))
        .toArray(Node[]::new);
  }

  @Test
  void dropoutDrawsOneMaskForAWholeBatch() {
    LanguageModel model = model("lstm", 0.4, 0);
    BatchPass pass = new BatchPass(model, StreamSource.training(TEXT, 1, 8, 3), Threads.ONE, 1);
    pass.run(0, 5);
    pass.run(1, 6); // steps 0 to 5
    double found = pass.run(2, 7); // steps 1 to 8, cut after step 3
    Tape tape = Tape.training(Kernels.get());
    tape.random(RandomStream.of(1, "dropout", 6, 0));
    Node[] state = forward(model, tape, 0, 1, model.firstState(tape, 1)).state();
    tape.random(RandomStream.of(1, "dropout", 7, 0));
    Node rows = forward(model, tape, 1, 9, state).rows();
    Values targets = Values.Codes.of(Arrays.copyOfRange(TEXT, 7, 10));
    Node sum = CrossEntropy.PLAIN.sum(tape, Slices.rows(tape, rows, 5, 3), targets);
    assertThat(found).isCloseTo(sum.value()[0] / 3, offset(1e-6));
  }

  @Test
  void resumedAnywhereOnAnyThreadsGivesTheSameBits() {
    List<TrainingState> states = new ArrayList<>();
    List<float[]> whole = trained(1, null, states);
    assertThat(trained(3, null, new ArrayList<>())).usingRecursiveComparison().isEqualTo(whole);
    for (int at : new int[] {0, 1, 2, 5, states.size() / 2}) {
      assertThat(trained(2, states.get(at), new ArrayList<>()))
          .as("resumed after event " + at)
          .usingRecursiveComparison()
          .isEqualTo(whole);
    }
  }

  private static List<float[]> trained(
      int threads, TrainingState from, List<TrainingState> states) {
    LanguageModel model = model("lstm", 0.2, 0);
    TrainingPlan plan =
        TrainingPlan.DEFAULTS.withEpochs(2).withThreads(threads).withOptimizer(Sgd.PLAIN, 0.3);
    StreamSource source = StreamSource.training(TEXT, 19, 10, 4);
    try (Trainer trainer =
        new Trainer(
            model, plan, source, null, List.of((event, state) -> states.add(state.get())))) {
      if (from != null) {
        trainer.resume(from);
      }
      trainer.run();
    }
    return model.weights().copy();
  }
}
