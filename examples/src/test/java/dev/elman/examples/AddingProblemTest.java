package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.batches.Source;
import dev.elman.kernels.Threads;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.tensor.RandomStream;
import dev.elman.training.Evaluation;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddingProblemTest {
  /** The error of a network with this layer after 1,500 batches of sequences of 20 steps. */
  static double learned(Layer layer) {
    AddingProblem.Network network = new AddingProblem.Network(layer, RecurrentStack.DEFAULTS, 1);
    TrainingPlan plan =
        TrainingPlan.DEFAULTS.withEpochs(5).withOptimizer(TrainingPlan.DEFAULTS.optimizer(), 0.005);
    Drawn source = new Drawn((epoch, random) -> AddingProblem.sums(300 * 32, 20, 32, random), 1);
    try (Trainer trainer = new Trainer(network, plan, source, null, List.of())) {
      trainer.run();
    }
    Source unseen = AddingProblem.sums(500, 20, 50, RandomStream.of(2, "test"));
    return Evaluation.meanLoss(network, unseen, Threads.ONE);
  }

  @Test
  void gruLearnsToAdd() {
    Layer layer = RecurrentStack.DEFAULTS.withCell("gru").withHidden(32).build("rnn.", 2, 1);
    assertThat(learned(layer)).as("always answering 1 has 0.167").isLessThan(0.01);
  }

  @Test
  void sequencesGrowOverTheFirstHalf() {
    assertThat(IntStream.range(0, 6).map(epoch -> Drawn.growing(10, 100, epoch, 6)))
        .containsExactly(10, 40, 70, 100, 100, 100);
    assertThat(Drawn.growing(10, 8, 0, 4)).isEqualTo(8);
  }

  @Test
  void showsItsErrorBesideTheFloor() {
    TextStage stage = new TextStage();
    TextStage.run(new AddingProblem(), stage, "--steps 12 --hidden 8 --epochs 2 --sequences 500");
    assertThat(stage.text())
        .contains("gru of 297 parameters, 10 batches an epoch")
        .contains("always answering 1 0.166667")
        .containsPattern("gru 0\\.\\d{6}")
        .contains("gradients of fresh gru over 12 lags", "gradients of trained gru over 12 lags")
        .endsWith("picture " + Path.of("models", "adding-gru-12.png") + System.lineSeparator());
  }

  @Test
  void lengthsBelowTheLeastAreRefusedByTheirOptions() {
    assertThatThrownBy(() -> TextStage.run(new AddingProblem(), new TextStage(), "--steps -5"))
        .hasMessageContaining("half of --steps: expected a whole number of at least 1, got -2");
    assertThatThrownBy(() -> TextStage.run(new CopyingMemory(), new TextStage(), "--lag 0"))
        .hasMessageContaining("--lag: expected a whole number of at least 1, got 0");
  }
}
