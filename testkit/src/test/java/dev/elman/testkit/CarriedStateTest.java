package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.batches.StreamSource;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.layers.Layer;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Window;
import dev.elman.models.Classifier;
import dev.elman.models.LanguageModel;
import dev.elman.tensor.Weight;
import dev.elman.training.BatchPass;
import dev.elman.training.Callback;
import dev.elman.training.Evaluation;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import dev.elman.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that go on from batch to batch: with which state, and whom blame reaches. */
class CarriedStateTest {
  private static final int[] TEXT = IntStream.range(0, 61).map(i -> (i * i + i / 7) % 6).toArray();

  private static LanguageModel model(String cell) {
    RecurrentStack recurrent =
        RecurrentStack.DEFAULTS
            .withCell(cell)
            .withHidden(5)
            .withLayers(2)
            .withFirstState(RecurrentStack.FirstState.LEARNED);
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(6, 4, LanguageModel.Output.OWN, 0, recurrent), 1);
    Probe.scatter(model.weights().list(), 0.8f);
    return model;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", Window.NAME})
  void onlyTheFirstBatchOfAStreamBeginsWithTheLearnedState(String cell) {
    LanguageModel model = model(cell);
    StreamSource source = StreamSource.training(TEXT, 3, 5);
    try (Threads one = new Threads(1)) {
      BatchPass pass = new BatchPass(model, source, one, 1);
      Tape tape = Tape.training(Kernels.get());
      Node[] carried = null;
      for (int batch = 0; batch < source.batches(); batch++) {
        pass.run(batch, batch);
        Batch whole = source.blank();
        source.fill(batch, Shard.WHOLE, whole);
        float[][] before = copies(carried);
        tape.reset();
        Node[] state = model.firstState(tape, 3);
        for (int s = 0; s < state.length && carried != null; s++) {
          state[s] = tape.constant(3, model.states()[s], before[s]);
        }
        Layer.Output output = model.forward(tape, whole.packing(), whole.inputs(), state);
        tape.backward(model.loss().sum(tape, output.rows(), whole.targets()));
        carried = output.state();
        for (int w = 0; w < pass.gradients().size(); w++) {
          Weight weight = model.weights().list().get(w);
          float[] expected = tape.gradient(weight);
          for (int i = 0; i < weight.size(); i++) {
            float mean = expected[i] / whole.targets().rows();
            assertThat(pass.gradients().get(w)[i]).isCloseTo(mean, offset(1e-6f));
          }
          if (weight.name().contains("first_state")) {
            assertThat(Kernels.get().sumOfSquares(pass.gradients().get(w), 0, weight.size()) > 0)
                .as(weight.name() + ", batch " + batch)
                .isEqualTo(batch == 0);
          }
        }
      }
    }
  }

  private static float[][] copies(Node[] nodes) {
    float[][] copies = new float[nodes == null ? 0 : nodes.length][];
    for (int s = 0; s < copies.length; s++) {
      copies[s] = nodes[s].value().clone();
    }
    return copies;
  }

  @Test
  void chunksOfAStreamAreMeasuredAsTheWhole() {
    for (String cell : List.of("lstm", Window.NAME)) {
      LanguageModel model = model(cell);
      double whole = Evaluation.meanLoss(model, StreamSource.evaluation(TEXT, 100), Threads.ONE);
      double chunks = Evaluation.meanLoss(model, StreamSource.evaluation(TEXT, 7), Threads.ONE);
      assertThat(chunks).isCloseTo(whole, offset(1e-6));
    }
  }

  @Test
  void aModelThatReadsBothWaysIsGivenNoStream() {
    RecurrentStack both =
        RecurrentStack.DEFAULTS.withHidden(3).withDirections(RecurrentStack.Directions.BOTH);
    Classifier model = new Classifier(new Classifier.Settings(6, 3, 6, Pooling.LAST, 0, both), 1);
    assertThatThrownBy(
            () -> Evaluation.meanLoss(model, StreamSource.evaluation(TEXT, 7), Threads.ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a model that reads forwards only, got a classifier")
        .hasMessageContaining("Likely cause: a bidirectional layer, used on a stream.")
        .hasMessageContaining("Cure: give it whole sequences, or leave --bidirectional away.");
  }

  @Test
  void statesOfBatchesThatWereCutOtherwiseAreRefused() {
    StreamSource source = StreamSource.training(TEXT, 8, 5);
    TrainingPlan plan = TrainingPlan.DEFAULTS.withEpochs(1);
    List<TrainingState> states = new ArrayList<>();
    Callback keep = (event, state) -> states.add(state.get());
    try (Trainer trainer = new Trainer(model("lstm"), plan, source, null, List.of(keep))) {
      trainer.run();
    }
    TrainingState saved = states.get(0);
    assertThat(saved.carried()).hasSize(2);
    TrainingState other =
        new TrainingState(
            saved.epoch(),
            saved.batch(),
            saved.lossSum(),
            saved.untrainedLoss(),
            saved.optimizerSteps(),
            saved.weights(),
            saved.slots(),
            saved.carried().subList(0, 1),
            saved.bestWeights(),
            saved.bestLoss(),
            saved.bestEpoch(),
            saved.trainingLosses(),
            saved.validationLosses());
    try (Trainer trainer = new Trainer(model("lstm"), plan, source, null, List.of())) {
      trainer.resume(saved);
      assertThatThrownBy(() -> trainer.resume(other))
          .hasMessageContaining("expected the states of 2 parts of a batch, found those of 1.")
          .hasMessageContaining("Cure: go on with that version, or train anew.");
    }
  }
}
