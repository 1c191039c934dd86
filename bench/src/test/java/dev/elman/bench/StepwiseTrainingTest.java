package dev.elman.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.training.TrainingPlan;
import org.junit.jupiter.api.Test;

/** A trainer steps when it is asked to, and never else. */
final class StepwiseTrainingTest {
  private static final BenchShape SHAPE = BenchShape.of("GRU,3,2,11,5,1");

  @Test
  void weightsChangeByEachRun() {
    LanguageModel model = model(11);
    try (StepwiseTraining training =
        new StepwiseTraining(model, TrainingPlan.DEFAULTS, EndlessSource.text(SHAPE))) {
      float[] before = weight(model);
      training.run();
      float[] after = weight(model);
      assertThat(after).isNotEqualTo(before);
      training.run();
      assertThat(weight(model)).isNotEqualTo(after);
    }
  }

  @Test
  void aFailureIsThatOfTheRun() {
    try (StepwiseTraining training =
        new StepwiseTraining(model(2), TrainingPlan.DEFAULTS, EndlessSource.text(SHAPE))) {
      assertThatThrownBy(training::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("The training failed: ")
          .hasCauseInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void symbolsHaveTheFrequenciesOfWords() {
    int[] counts = new int[50];
    Symbols symbols = new Symbols(counts.length);
    for (int i = 0; i < 100_000; i++) {
      counts[symbols.next()]++;
    }
    double all = Math.log(51);
    assertThat(counts[0] / 1e5).isBetween(Math.log(2) / all - 0.01, Math.log(2) / all + 0.01);
    assertThat(counts[9] / 1e5).isBetween(Math.log(1.1) / all - 0.005, Math.log(1.1) / all + 0.005);
    assertThat(counts[49]).isPositive();
    assertThat(new Symbols(50).next(4)).containsExactly(1, 3, 6, 14);
  }

  private static float[] weight(LanguageModel model) {
    return model.weights().list().get(0).values().clone();
  }

  private static LanguageModel model(int symbols) {
    RecurrentStack layers = new BenchEngine(Bench.Precision.FLOAT32, 0, 1).layers(SHAPE);
    return new LanguageModel(
        new LanguageModel.Settings(symbols, layers.hidden(), LanguageModel.Output.OWN, 0, layers),
        1);
  }
}
