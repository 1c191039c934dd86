package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.kernels.Threads;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.training.Evaluation;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddingProblemTest {
  private static final int[] TWENTY = {20, 20, 20, 20, 20};

  /** The error of a network with this layer after 1,500 batches of sequences of 20 steps. */
  static double learned(Layer layer) {
    AddingProblem.Network network = new AddingProblem.Network(layer, RecurrentStack.DEFAULTS, 1);
    TrainingPlan plan =
        TrainingPlan.DEFAULTS
            .withEpochs(TWENTY.length)
            .withOptimizer(TrainingPlan.DEFAULTS.optimizer(), 0.005);
    AddingProblem.Sums source = new AddingProblem.Sums(300, 32, TWENTY, 1);
    try (Trainer trainer = new Trainer(network, plan, source, null, List.of())) {
      trainer.run();
    }
    return Evaluation.meanLoss(network, new AddingProblem.Sums(10, 50, TWENTY, 2), Threads.ONE);
  }

  @Test
  void gruLearnsToAdd() {
    Layer layer = RecurrentStack.DEFAULTS.withCell("gru").withHidden(32).build("rnn.", 2, 1);
    assertThat(learned(layer)).as("always answering 1 has 0.167").isLessThan(0.01);
  }

  @Test
  void sequencesGrowOverTheFirstHalf() {
    assertThat(AddingProblem.growing(10, 100, 6)).containsExactly(10, 40, 70, 100, 100, 100);
    assertThat(AddingProblem.growing(10, 10, 1)).containsExactly(10);
  }

  @Test
  void showsItsErrorBesideTheFloor() {
    TextStage stage = new TextStage();
    TextStage.run(new AddingProblem(), stage, "--steps 12 --hidden 8 --epochs 2 --batches 10");
    assertThat(stage.text())
        .contains("gru of 297 parameters, 10 batches an epoch")
        .contains("always answering 1 0.166667")
        .containsPattern("gru 0\\.\\d{6}");
  }
}
