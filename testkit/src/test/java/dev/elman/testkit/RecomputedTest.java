package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Dropout;
import dev.elman.layers.Layer;
import dev.elman.layers.Recomputed;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.tensor.RandomStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What computing again promises: the layer's own results, in less memory. */
class RecomputedTest {
  private static final int[] LENGTHS = {11, 8, 8, 3, 1};

  static Stream<Cell> cells() {
    return Stream.concat(
        AllCells.cells().stream(), Stream.of(new StepOnly(Cells.named("lstm")))); // equations alone
  }

  @ParameterizedTest
  @MethodSource("cells")
  void resultsAreTheLayersOwn(Cell cell) {
    assertSameResults(AllLayers.recurrent(cell, "_l0", 3, 5));
  }

  @Test
  void dropoutDrawsWhatItDrawsOverWholeSequences() {
    Cell lstm = Cells.named("lstm");
    assertSameResults(
        new Stacked(
            List.of(
                new Dropout(3, 0.2, Dropout.Mask.EACH_SEQUENCE),
                AllLayers.recurrent(lstm, "_l0", 3, 5),
                new Dropout(5, 0.4, Dropout.Mask.EACH_TOKEN),
                AllLayers.recurrent(Cells.named("gru"), "_l1", 5, 4),
                new Dropout(4, 0.3, Dropout.Mask.EACH_SEQUENCE),
                AllLayers.recurrent(lstm, "_l2", 4, 2),
                new Dropout(2, 0.1, Dropout.Mask.EACH_TOKEN))));
  }

  /** Between layers that draw as well, and cut again within each segment. */
  private static void assertSameResults(Layer inner) {
    Probe.scatter(inner.weights(), 0.9f);
    LayerRun expected = run(between(inner));
    for (int steps = 1; steps <= LENGTHS[0]; steps++) {
      LayerRun found = run(between(new Recomputed(inner, steps)));
      assertSame(found, expected);
      assertSame(run(between(new Recomputed(new Recomputed(inner, 2), steps))), expected);
    }
  }

  private static Layer between(Layer layer) {
    Dropout.Mask mask = Dropout.Mask.EACH_TOKEN;
    return new Stacked(
        List.of(
            new Dropout(layer.inputs(), 0.3, mask),
            layer,
            new Dropout(layer.outputs(), 0.3, mask)));
  }

  private static LayerRun run(Layer layer) {
    Tape tape = Tape.training(Kernels.get());
    tape.random(RandomStream.of(5, "dropout"));
    return LayerRun.of(layer, Probe.of(layer, LENGTHS), tape);
  }

  private static void assertSame(LayerRun found, LayerRun expected) {
    assertThat(found.rows()).isEqualTo(expected.rows());
    assertThat(found.state()).usingRecursiveComparison().isEqualTo(expected.state());
    for (int k = 0; k < expected.gradients().size(); k++) {
      float[] wanted = expected.gradients().get(k);
      double scale = Math.sqrt(Kernels.get().sumOfSquares(wanted, 0, wanted.length));
      for (int i = 0; i < wanted.length; i++) {
        assertThat(found.gradients().get(k)[i])
            .as("gradient %d, number %d", k, i)
            .isCloseTo(wanted[i], offset((float) (1e-6 * scale)));
      }
    }
  }

  @Test
  void memoryIsThatOfTheFormula() {
    int[] lengths = {1500, 1200};
    int tokens = 2700;
    int hidden = 32;
    int steps = 40;
    Layer inner = AllLayers.recurrent(Cells.named("lstm"), "_l0", 3, hidden);
    long inputs = 2L * tokens * 3; // x and its gradient
    long rows = 2L * tokens * hidden;
    long states = 2L * (lengths[0] / steps + 2) * 2 * hidden;
    long segment = 2L * steps * 9 * hidden;
    long slack = 100_000;
    assertThat(held(inner, lengths)).isGreaterThan(4 * 8L * tokens * hidden);
    assertThat(held(new Recomputed(inner, steps), lengths))
        .isLessThan(4 * (inputs + rows + states + segment) + slack);
  }

  /** Bytes that a tape holds more after a run over long sequences than after one over short. */
  private static long held(Layer layer, int... lengths) {
    Probe probe = Probe.of(layer, lengths);
    Tape tape = Tape.training(Kernels.get());
    train(layer, Probe.of(layer, 2, 1), tape); // the kernels' own room
    long before = used();
    train(layer, probe, tape);
    long held = used() - before;
    train(layer, probe, tape); // it is in use until here
    return held;
  }

  private static void train(Layer layer, Probe probe, Tape tape) {
    tape.reset();
    Node rows = probe.forward(layer, tape, probe.nodes(tape, layer)).get(0);
    Arrays.fill(rows.gradient(), 1);
    tape.passBack();
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void bothDirectionsAreRefused() {
    RecurrentStack both =
        RecurrentStack.DEFAULTS
            .withCell("gru")
            .withHidden(4)
            .withLayers(2)
            .withDirections(RecurrentStack.Directions.BOTH)
            .withRecompute(7);
    assertThatThrownBy(() -> both.build("rnn.", 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Recomputed: expected a layer that reads forwards only, got one that reads both ways:"
                + " its backward half begins at the end of a sequence, which therefore cannot be"
                + " cut. Leave --bidirectional away, or --recompute.");
  }
}
