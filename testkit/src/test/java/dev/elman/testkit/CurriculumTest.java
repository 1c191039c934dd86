package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.batches.Batch;
import dev.elman.batches.SequenceSource;
import dev.elman.batches.Shard;
import dev.elman.batches.StreamSource;
import dev.elman.batches.Values;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.optimizers.LearningRate;
import dev.elman.training.Callback;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingEvent;
import dev.elman.training.TrainingPlan;
import dev.elman.training.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training that begins with the shorter sequences. */
class CurriculumTest {
  private static final int COUNT = 60;
  private static final TrainingPlan PLAN =
      TrainingPlan.DEFAULTS.withEpochs(5).withCurriculum(3).withSchedule(LearningRate.COSINE);

  /** Sequence s has s / 3 + 1 steps, so that a third of them has a third of the lengths. */
  private static SequenceSource source() {
    List<Values> sequences = new ArrayList<>();
    int[] labels = new int[COUNT];
    for (int s = 0; s < COUNT; s++) {
      int[] codes = new int[s / 3 + 1];
      int sequence = s;
      Arrays.setAll(codes, t -> (sequence * 7 + t * t) % 5);
      labels[s] = codes[0] % 2;
      sequences.add(Values.Codes.of(codes));
    }
    return new SequenceSource(sequences, labels, 4);
  }

  private static Classifier model() {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withHidden(6).withDropout(0.1);
    return new Classifier(new Classifier.Settings(5, 3, 2, Pooling.LAST, 0, recurrent), 1);
  }

  @Test
  void eachEpochReadsLongerSequencesUntilAllAreRead() {
    List<Integer> batches = new ArrayList<>();
    SequenceSource source = source();
    Batch batch = source.blank();
    List<Integer> longest = new ArrayList<>();
    train(
        PLAN,
        source,
        null,
        (event, state) -> {
          if (event instanceof TrainingEvent.Step step && step.batch() == step.batches()) {
            batches.add(step.batches());
            int most = 0;
            for (int b = 0; b < source.batches(); b++) {
              source.fill(b, Shard.WHOLE, batch);
              most = Math.max(most, batch.packing().steps());
            }
            longest.add(most);
          }
        });
    assertThat(batches).containsExactly(6, 11, 15, 15, 15); // those equally long, too
    assertThat(longest).containsExactly(7, 14, 20, 20, 20);
  }

  @Test
  void threadsAndResumingDoNotChangeABit() {
    List<float[]> whole = train(PLAN, source(), null, (event, state) -> {});
    assertThat(train(PLAN.withThreads(3), source(), null, (event, state) -> {}))
        .usingRecursiveComparison()
        .isEqualTo(whole);
    for (int at : new int[] {2, 4, 5, 9, 17, 40}) { // within epochs, and between them
      List<float[]> resumed = train(PLAN, source(), upTo(at), (event, state) -> {});
      assertThat(resumed).as("from event " + at).usingRecursiveComparison().isEqualTo(whole);
    }
    assertThat(train(PLAN.withCurriculum(0), source(), null, (event, state) -> {}).get(1))
        .isNotEqualTo(whole.get(1));
  }

  /** The state after some events, its slots not yet changed by what followed. */
  private static TrainingState upTo(int at) {
    TrainingState[] found = {null};
    int[] count = {0};
    assertThatThrownBy(
            () ->
                train(
                    PLAN,
                    source(),
                    null,
                    (event, state) -> {
                      if (count[0]++ == at) {
                        found[0] = state.get();
                        throw new IllegalStateException("stopped");
                      }
                    }))
        .hasMessage("stopped");
    return found[0];
  }

  private static List<float[]> train(
      TrainingPlan plan, SequenceSource source, TrainingState from, Callback callback) {
    Classifier model = model();
    try (Trainer trainer = new Trainer(model, plan, source, null, List.of(callback))) {
      if (from != null) {
        trainer.resume(from);
      }
      trainer.run();
    }
    return model.weights().copy();
  }

  @Test
  void aTextIsRefused() {
    StreamSource text = StreamSource.training(new int[40], 2, 4);
    assertThatThrownBy(() -> new Trainer(model(), PLAN, text, null, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected whole sequences, of which the shorter are learned from")
        .hasMessageContaining("one text read as streams has no lengths that could grow")
        .hasMessageContaining("train with a small --bptt.");
  }

  @Test
  void moreEpochsThanThereAreAreRefused() {
    assertThat(PLAN.withCurriculum(5).curriculum()).isEqualTo(5);
    assertThatThrownBy(() -> PLAN.withCurriculum(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected a curriculum of at most the 5 epochs (--epochs), or 0 for none, found 6."
                + "\nLikely cause: the longest sequences would never be learned from."
                + "\nCure: try --curriculum 1, or more epochs.");
    assertThatThrownBy(() -> PLAN.withCurriculum(-1)).hasMessageContaining("found -1");
  }
}
