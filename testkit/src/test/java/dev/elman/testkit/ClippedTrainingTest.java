package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.batches.Source;
import dev.elman.batches.StreamSource;
import dev.elman.kernels.Threads;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.optimizers.Clipping;
import dev.elman.optimizers.Sgd;
import dev.elman.training.BatchPass;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingEvent;
import dev.elman.training.TrainingPlan;
import dev.elman.training.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training with each kind of clipping: what its steps tell, on threads, resumed, recomputed. */
class ClippedTrainingTest {
  private static final Clipping ALL =
      Clipping.byNorm(0.5).and(Clipping.byValue(0.02)).and(Clipping.byState(0.01));
  private static final TrainingPlan PLAN =
      TrainingPlan.DEFAULTS.withEpochs(2).withOptimizer(Sgd.PLAIN, 0.5);

  private static LanguageModel model(int recompute) {
    RecurrentStack recurrent =
        RecurrentStack.DEFAULTS
            .withCell("lstm")
            .withHidden(11)
            .withLayers(2)
            .withDropout(0.1)
            .withMask(Dropout.Mask.EACH_TOKEN)
            .withInitialisation(Initialisation.ORTHOGONAL)
            .withRecompute(recompute);
    return new LanguageModel(
        new LanguageModel.Settings(7, 9, LanguageModel.Output.OWN, 0, recurrent), 1);
  }

  private static Source source() {
    int[] codes = new int[800];
    Arrays.setAll(codes, i -> (i * i + i / 5) % 7);
    return StreamSource.training(codes, 19, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void threadsAndResumingDoNotChangeABit(int recompute) {
    List<TrainingState> states = new ArrayList<>();
    List<float[]> one = trained(model(recompute), PLAN.withClipping(ALL), states);
    assertThat(trained(model(recompute), PLAN.withClipping(ALL).withThreads(3), List.of()))
        .usingRecursiveComparison()
        .isEqualTo(one);
    assertThat(trained(model(recompute), PLAN.withClipping(ALL), states.subList(2, 3)))
        .usingRecursiveComparison()
        .isEqualTo(one);
    Clipping withoutState = Clipping.byNorm(0.5).and(Clipping.byValue(0.02));
    assertThat(trained(model(recompute), PLAN.withClipping(withoutState), List.of()).get(1))
        .isNotEqualTo(one.get(1));
  }

  /** Resumes from a state where there is one, else adds the states it goes through. */
  private static List<float[]> trained(
      LanguageModel model, TrainingPlan plan, List<TrainingState> states) {
    boolean resumes = states.size() == 1;
    try (Trainer trainer =
        new Trainer(
            model,
            plan,
            source(),
            null,
            List.of(
                (event, state) -> {
                  if (states instanceof ArrayList<TrainingState> && !resumes) {
                    states.add(state.get());
                  }
                }))) {
      if (resumes) {
        trainer.resume(states.get(0));
      }
      trainer.run();
    }
    return model.weights().copy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"norm", "value", "state"})
  void theNormOfAStepIsThatBeforeGradientsAreClipped(String kind) {
    Clipping clipping =
        switch (kind) {
          case "norm" -> Clipping.byNorm(0.01);
          case "value" -> Clipping.byValue(0.001);
          default -> Clipping.byState(0.01);
        };
    List<Double> norms = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(
            model(0),
            PLAN.withClipping(clipping),
            source(),
            null,
            List.of(
                (event, state) -> {
                  if (event instanceof TrainingEvent.Step step) {
                    norms.add(step.gradientNorm());
                  }
                }))) {
      trainer.run();
    }
    double whole = norm(Double.POSITIVE_INFINITY);
    double cut = norm(0.01);
    assertThat(cut).isNotCloseTo(whole, offset(1e-6));
    assertThat(norms.get(0)).isEqualTo(kind.equals("state") ? cut : whole);
  }

  /** Of the first batch's gradients. */
  private static double norm(double stateLimit) {
    BatchPass pass = new BatchPass(model(0), source(), Threads.ONE, PLAN.seed());
    pass.stateLimit(stateLimit);
    pass.run(0, 0);
    return pass.norm();
  }
}
