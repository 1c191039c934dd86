package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.sun.management.ThreadMXBean;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Source;
import dev.elman.batches.StreamSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.losses.Loss;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.optimizers.Adam;
import dev.elman.optimizers.Clipping;
import dev.elman.optimizers.Sgd;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import dev.elman.training.BatchPass;
import dev.elman.training.DivergenceException;
import dev.elman.training.Evaluation;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingEvent;
import dev.elman.training.TrainingPlan;
import dev.elman.training.TrainingState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What training promises: the same bits on any number of threads, stopped and resumed or not. */
class TrainingContractTest {
  private static final TrainingPlan PLAN =
      TrainingPlan.DEFAULTS.withEpochs(3).withOptimizer(Adam.DEFAULTS, 0.01);

  private static LanguageModel model(String cell) {
    return model(cell, 0);
  }

  private static LanguageModel model(String cell, int recompute) {
    RecurrentStack recurrent =
        RecurrentStack.DEFAULTS
            .withCell(cell)
            .withHidden(11)
            .withLayers(2)
            .withDropout(0.25)
            .withInitialisation(Initialisation.ORTHOGONAL)
            .withRecompute(recompute);
    return new LanguageModel(
        new LanguageModel.Settings(7, 9, LanguageModel.Output.OWN, 0, recurrent), 1);
  }

  /** A text that can be learned: every symbol follows from the two before it, with some noise. */
  private static Source source(int streams) {
    return StreamSource.training(text(), streams, 8);
  }

  private static int[] text() {
    int[] codes = new int[1000];
    RandomStream random = RandomStream.of(1, "text");
    for (int i = 2; i < codes.length; i++) {
      codes[i] =
          random.nextFloat() < 0.1 ? random.nextInt(7) : (codes[i - 1] + codes[i - 2] + 1) % 7;
    }
    return codes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "rnn", "lstm+projection=5+zoneout=0.1+dropout=0.2+time=2"})
  void anyNumberOfThreadsGivesTheSameBits(String cell) {
    List<float[]> one = trained(cell, PLAN);
    for (int threads : new int[] {2, 3}) {
      assertThat(trained(cell, PLAN.withThreads(threads)))
          .usingRecursiveComparison()
          .isEqualTo(one);
    }
  }

  @Test
  void whatIsNotTrainedStaysAsItWasDrawn() {
    LanguageModel model = model("rnn+leaky=sampled");
    List<float[]> before = model.weights().copy();
    trained(model, PLAN);
    int fixed = 0;
    for (int w = 0; w < before.size(); w++) {
      Weight weight = model.weights().list().get(w);
      assertThat(Arrays.equals(weight.values(), before.get(w)))
          .as(weight.name())
          .isEqualTo(!weight.isTrained());
      fixed += weight.isTrained() ? 0 : weight.size();
    }
    assertThat(fixed).isEqualTo(2 * 11); // two layers
    assertThat(model.weights().parameters()).isEqualTo(model("rnn").weights().parameters());
  }

  @Test
  void recomputedItIsTheSameOnAnyNumberOfThreadsAndAsWithoutToRounding() {
    List<float[]> one = trained(model("gru", 3), PLAN);
    assertThat(trained(model("gru", 3), PLAN.withThreads(3)))
        .usingRecursiveComparison()
        .isEqualTo(one);
    List<float[]> kept = trained("gru", PLAN);
    for (int w = 0; w < kept.size(); w++) {
      assertThat(one.get(w)).containsExactly(kept.get(w), offset(1e-3f));
    }
  }

  private static List<float[]> trained(String cell, TrainingPlan plan) {
    return trained(model(cell), plan);
  }

  private static List<float[]> trained(LanguageModel model, TrainingPlan plan) {
    try (Trainer trainer = new Trainer(model, plan, source(19), source(1), List.of())) {
      trainer.run();
    }
    return model.weights().copy();
  }

  @Test
  void resumedAnywhereGivesTheSameBits() {
    List<float[]> whole = trained("lstm", PLAN);
    List<TrainingState> states = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(
            model("lstm"),
            PLAN,
            source(19),
            source(1),
            List.of((event, state) -> states.add(copy(state.get()))))) {
      trainer.run();
    }
    for (int at : new int[] {0, 3, 6, 7, 12, states.size() - 1}) {
      LanguageModel model = model("lstm");
      try (Trainer trainer = new Trainer(model, PLAN, source(19), source(1), List.of())) {
        trainer.resume(states.get(at));
        trainer.run();
      }
      assertThat(model.weights().copy())
          .as("resumed after event " + at)
          .usingRecursiveComparison()
          .isEqualTo(whole);
    }
  }

  /** Slots are the optimizer's own arrays, which go on changing. */
  private static TrainingState copy(TrainingState s) {
    Map<String, float[]> slots = new LinkedHashMap<>();
    s.slots().forEach((name, values) -> slots.put(name, values.clone()));
    return new TrainingState(
        s.epoch(),
        s.batch(),
        s.lossSum(),
        s.untrainedLoss(),
        s.optimizerSteps(),
        s.weights(),
        slots,
        s.carried(),
        s.bestWeights(),
        s.bestLoss(),
        s.bestEpoch(),
        s.trainingLosses(),
        s.validationLosses());
  }

  @Test
  void bestWeightsAreKeptAndPatienceEndsTraining() {
    LanguageModel model = model("gru");
    List<Double> losses = new ArrayList<>();
    List<TrainingEvent.End> ends = new ArrayList<>();
    TrainingPlan plan = PLAN.withEpochs(60).withOptimizer(Adam.DEFAULTS, 0.05).withPatience(3);
    int[] other = {1, 1, 3, 5, 2, 1, 4, 6, 4, 4, 2, 0, 3, 4, 1, 6, 1, 1, 3, 5, 2, 1, 0};
    Source validation = StreamSource.evaluation(other, 50);
    try (Trainer trainer =
        new Trainer(
            model,
            plan,
            source(19),
            validation,
            List.of(
                (event, state) -> {
                  if (event instanceof TrainingEvent.Epoch epoch) {
                    losses.add(epoch.validationLoss());
                  } else if (event instanceof TrainingEvent.End end) {
                    ends.add(end);
                  }
                }))) {
      trainer.run();
    }
    double best = losses.stream().mapToDouble(loss -> loss).min().orElseThrow();
    assertThat(losses).hasSizeLessThan(60);
    assertThat(losses.indexOf(best)).isEqualTo(losses.size() - 4);
    assertThat(Evaluation.meanLoss(model, validation, Threads.ONE)).isEqualTo(best);
    assertThat(ends.get(0).reason()).contains("no better validation loss in 3 epochs");
  }

  @Test
  void divergenceIsToldWithItsCure() {
    TrainingPlan plan = PLAN.withOptimizer(Sgd.PLAIN, 1e30).withClipping(Clipping.NONE);
    LanguageModel model = model("rnn-relu");
    try (Trainer trainer = new Trainer(model, plan, source(19), null, List.of())) {
      assertThatThrownBy(trainer::run)
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("Expected the loss to fall, found")
          .hasMessageContaining("Likely cause: the learning rate 1.0E30 is too high")
          .hasMessageContaining("Cure: try a learning rate of");
    }
  }

  @Test
  void aQuietFirstBatchIsNoDivergence() {
    int[] quietFirst = text();
    for (int stream = 0; stream < 4; stream++) { // the first chunks alone say the same symbol
      Arrays.fill(quietFirst, stream * 249, stream * 249 + 9, 0);
    }
    LanguageModel model = model("lstm");
    Weight bias = model.weights().get("head.bias");
    bias.update(values -> values[0] = 9); // and the model knows it from the start
    Source source = StreamSource.training(quietFirst, 4, 8);
    try (Trainer trainer = new Trainer(model, PLAN, source, null, List.of())) {
      trainer.run();
      assertThat(trainer.state().trainingLosses()).hasSize(3);
    }
  }

  @Test
  void gradientsWithoutANormStopTrainingBeforeTheyTouchWeights() {
    LanguageModel model = model("lstm");
    List<float[]> before = model.weights().copy();
    Model broken = new Broken(model);
    try (Trainer trainer = new Trainer(broken, PLAN, source(19), null, List.of())) {
      assertThatThrownBy(trainer::run)
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("gradients with a norm of NaN in epoch 1, batch 1");
    }
    assertThat(model.weights().copy()).usingRecursiveComparison().isEqualTo(before);
  }

  /** A model whose loss is well but its gradient infinite, and not a number once dropped out. */
  private record Broken(LanguageModel model) implements Model {
    @Override
    public String task() {
      return model.task();
    }

    @Override
    public Weights weights() {
      return model.weights();
    }

    @Override
    public int[] states() {
      return model.states();
    }

    @Override
    public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
      return model.forward(tape, packing, inputs, state);
    }

    @Override
    public Loss loss() {
      return new Loss() {
        @Override
        public Node sum(Tape tape, Node predictions, Values targets) {
          Node sum = tape.node(1, 1, true);
          sum.value()[0] = 1;
          tape.record(sum, () -> predictions.gradient()[0] = Float.POSITIVE_INFINITY);
          return sum;
        }

        @Override
        public int terms(Node predictions, Values targets) {
          return predictions.rows();
        }
      };
    }
  }

  @Test
  void aFailureIsThrownWhenAllThreadsHaveEnded() {
    AtomicInteger working = new AtomicInteger();
    try (Threads three = new Threads(3)) {
      assertThatThrownBy(
              () ->
                  three.each(
                      3,
                      part -> {
                        working.incrementAndGet();
                        LockSupport.parkNanos(part * 20_000_000L);
                        working.decrementAndGet();
                        if (part == 0) {
                          throw new StackOverflowError("part 0");
                        }
                      }))
          .isInstanceOf(StackOverflowError.class)
          .hasMessage("part 0");
      assertThat(working).hasValue(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 10000", "3, 50000"}) // recomputed, two shards run three segments twice
  void trainingStepAllocatesNextToNothing(int recompute, int limit) {
    LanguageModel model = model("lstm", recompute);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    try (Threads one = new Threads(1)) {
      BatchPass pass = new BatchPass(model, source(19), one, 1);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 3000; round++) {
        long before = threads.getThreadAllocatedBytes(id);
        pass.run(round % 6, round);
        least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
      }
      assertThat(least).as("bytes a batch").isLessThan(limit);
    }
  }
}
