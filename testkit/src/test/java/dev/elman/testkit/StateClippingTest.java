package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.layers.Dense;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.Recomputed;
import dev.elman.losses.CrossEntropy;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blame that a step passes back to the state before it is cut, wherever and however it is run. */
class StateClippingTest {
  private static final int[] LENGTHS = {9, 7, 7, 3, 1};
  private static final int[] Y = {2, 0, 3, 3, 1, 0, 2};
  private static final double LIMIT = 0.05;

  static Stream<Cell> cells() {
    return Cells.all().stream();
  }

  static Stream<Cell> formsOfTheSimpleCell() {
    return Stream.of(Cells.named("rnn"), new StepOnly(Cells.named("rnn")));
  }

  @ParameterizedTest
  @MethodSource("formsOfTheSimpleCell")
  void theSimpleCellIsCutAsTheBooksEquations(Cell cell) {
    Layer rnn = AllLayers.recurrent(cell, "_l0", 3, 5);
    Dense head = Dense.of("head.", 5, 4, Initialisation.PYTORCH, 1);
    List<Weight> weights = new ArrayList<>(rnn.weights());
    weights.addAll(head.weights());
    Probe.scatter(weights, 0.9f);
    float[] x = Probe.numbers("x", Y.length * 3);
    Tape tape = Tape.training(Kernels.get());
    tape.stateLimit(LIMIT);
    Node[] zeros = rnn.firstState(tape, 1);
    Node h = rnn.forward(tape, Packing.of(Y.length), tape.constant(Y.length, 3, x), zeros).rows();
    tape.backward(CrossEntropy.PLAIN.sum(tape, head.forward(tape, h), Values.Codes.of(Y)));
    double[][] w =
        weights.stream()
            .map(weight -> ReferenceGradient.widen(weight.values()))
            .toArray(double[][]::new);
    double[] b = w[2].clone();
    Arrays.setAll(b, i -> w[2][i] + w[3][i]);
    BackpropagationThroughTime equations =
        new BackpropagationThroughTime(rows(w[0], 3), rows(w[4], 5), rows(w[1], 5), b, w[5]);
    double[][] inputs = rows(ReferenceGradient.widen(x), 3);
    double[][] expected =
        equations.run(inputs, Y, new double[5], d -> Math.max(-LIMIT, Math.min(LIMIT, d))).W();
    double[][] whole = equations.run(inputs, Y, new double[5]).W();
    double[] found = ReferenceGradient.widen(tape.gradient(weights.get(1)));
    for (int i = 0; i < 5; i++) {
      assertThat(Arrays.copyOfRange(found, i * 5, (i + 1) * 5))
          .containsExactly(expected[i], offset(1e-6));
    }
    assertThat(Math.abs(expected[0][0] - whole[0][0])).isGreaterThan(1e-3); // so it was cut
  }

  private static double[][] rows(double[] numbers, int columns) {
    double[][] rows = new double[numbers.length / columns][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(numbers, i * columns, (i + 1) * columns));
    return rows;
  }

  @ParameterizedTest
  @MethodSource("cells")
  void allWaysToRunACellAreCutAlike(Cell cell) {
    Layer layer = scattered(cell);
    LayerRun whole = run(layer, Double.POSITIVE_INFINITY);
    LayerRun expected = run(scattered(new StepOnly(cell)), LIMIT);
    requireClose(run(layer, LIMIT), expected);
    for (int steps = 1; steps < 9; steps++) {
      requireClose(run(new Recomputed(layer, steps), LIMIT), expected);
    }
    assertThat(run(layer, 1e9)).usingRecursiveComparison().isEqualTo(whole);
    double difference = 0;
    for (int k = 0; k < expected.gradients().size(); k++) {
      for (int i = 0; i < expected.gradients().get(k).length; i++) {
        double error = expected.gradients().get(k)[i] - whole.gradients().get(k)[i];
        difference = Math.max(difference, Math.abs(error));
      }
    }
    assertThat(difference).isGreaterThan(0.01); // so something was cut
    for (int s = 0; s < layer.states().length; s++) {
      for (float number : expected.gradients().get(layer.weights().size() + 1 + s)) {
        assertThat(Math.abs(number)).isLessThanOrEqualTo((float) LIMIT);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void threadsThatShareTheStepsCutTheSame(Cell cell) {
    Layer layer = AllLayers.recurrent(cell, "_l0", 3, 96);
    int[] lengths = new int[64];
    Arrays.setAll(lengths, b -> 9 - b / 16);
    List<float[]> one = run(layer, LIMIT, Threads.ONE, lengths).all();
    try (Threads three = new Threads(3)) {
      assertThat(three.worthwhile(64L * 96 * 96)).isGreaterThan(1);
      assertThat(run(layer, LIMIT, three, lengths).all()).usingRecursiveComparison().isEqualTo(one);
    }
  }

  private static Layer scattered(Cell cell) {
    Layer layer = AllLayers.recurrent(cell, "_l0", 3, 5);
    Probe.scatter(layer.weights(), 0.9f);
    return layer;
  }

  private static LayerRun run(Layer layer, double limit) {
    return run(layer, limit, Threads.ONE, LENGTHS);
  }

  private static LayerRun run(Layer layer, double limit, Threads threads, int... lengths) {
    Tape tape = Tape.training(Kernels.get());
    tape.threads(threads);
    tape.stateLimit(limit);
    return LayerRun.of(layer, Probe.of(layer, lengths), tape);
  }

  private static void requireClose(LayerRun found, LayerRun expected) {
    for (int k = 0; k < expected.all().size(); k++) {
      assertThat(found.all().get(k)).containsExactly(expected.all().get(k), offset(2e-5f));
    }
  }
}
