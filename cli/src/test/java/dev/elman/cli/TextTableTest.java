package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.training.TrainingEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void numbersStandToTheRight() {
    TextTable table = new TextTable("step", "model", "floor").row(2, 1, 3.14159, Double.NaN);
    assertThat(table.row(1, "all", 10.0, "x"))
        .hasToString("  step  model  floor\n  1      3.14      -\n  all    10.0      x\n");
  }

  @Test
  void progressHasALineForEachEpochAndTheEnd() {
    StringWriter out = new StringWriter();
    try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(out), 12)) {
      display.on(new TrainingEvent.Step(1, 1, 2, 30, 0.5, 1), () -> null);
      display.on(new TrainingEvent.Step(1, 2, 2, 25, 0.4, 1), () -> null);
      display.on(new TrainingEvent.Epoch(1, 0.45, 0.61, true), () -> null);
      display.on(new TrainingEvent.End(1, "patience"), () -> null);
      assertThat(display.tokens()).isEqualTo(55);
    }
    assertThat(out.toString())
        .contains("epoch   1/12  training loss 0.4500  validation loss 0.6100 *")
        .contains("Done after 1 epochs: patience.");
  }
}
