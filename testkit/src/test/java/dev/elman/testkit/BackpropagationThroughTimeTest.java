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
import dev.elman.layers.Dense;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Recurrent;
import dev.elman.losses.CrossEntropy;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The printed equations are right, and the fast path computes what they say. */
class BackpropagationThroughTimeTest {
  private static final int T = 6;
  private static final int D = 3;
  private static final int H = 5;
  private static final int OUTPUTS = 4;
  private static final int[] Y = {2, 0, 3, 3, 1, 0};

  private final Dense head = Dense.of("head.", H, OUTPUTS, Initialisation.PYTORCH, 1);
  private final float[] first = Probe.numbers("state", H);
  private final float[] x = Probe.numbers("x", T * D);

  static Stream<Cell> forms() {
    return Stream.of(Cells.named("rnn"), new StepOnly(Cells.named("rnn")));
  }

  @Test
  void theEquationsAreTheSlopesOfTheLoss() {
    List<double[]> arguments = new ArrayList<>();
    for (int size : new int[] {H * D, OUTPUTS * H, H * H, H, OUTPUTS}) {
      arguments.add(ReferenceGradient.widen(Probe.numbers("argument of " + size, size)));
    }
    double[] h = ReferenceGradient.widen(first);
    BackpropagationThroughTime.Gradients found = of(arguments).run(rows(x, D), Y, h);
    List<double[]> slopes =
        ReferenceGradient.of(a -> of(a).run(rows(x, D), Y, h).loss(), arguments);
    List<double[]> gradients =
        List.of(flat(found.U()), flat(found.V()), flat(found.W()), found.b(), found.c());
    for (int k = 0; k < slopes.size(); k++) {
      assertThat(gradients.get(k)).containsExactly(slopes.get(k), offset(1e-9));
    }
  }

  private static BackpropagationThroughTime of(List<double[]> a) {
    return new BackpropagationThroughTime(
        rows(a.get(0), D), rows(a.get(1), H), rows(a.get(2), H), a.get(3), a.get(4));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theFastPathFollowsTheEquations(Cell cell) {
    Recurrent rnn = new Recurrent(name(), cell, D, H, Initialisation.PYTORCH, 1);
    List<Weight> weights = new ArrayList<>(rnn.weights());
    weights.addAll(head.weights());
    Probe.scatter(weights, 0.9f);
    Tape tape = Tape.training(Kernels.get());
    Node[] state = {tape.constant(1, H, first)};
    Node h = rnn.forward(tape, Packing.of(T), tape.constant(T, D, x), state).rows();
    Node loss = CrossEntropy.PLAIN.sum(tape, head.forward(tape, h), Values.Codes.of(Y));
    tape.backward(loss);

    BackpropagationThroughTime.Gradients expected =
        equations(weights).run(rows(x, D), Y, ReferenceGradient.widen(first));
    assertThat((double) loss.value()[0]).isCloseTo(expected.loss(), offset(1e-5));
    List<double[]> gradients = // in the order of the weights; the cell's two biases are added
        List.of(
            flat(expected.U()),
            flat(expected.W()),
            expected.b(),
            expected.b(),
            flat(expected.V()),
            expected.c());
    for (int w = 0; w < gradients.size(); w++) {
      double[] found = ReferenceGradient.widen(tape.gradient(weights.get(w)));
      assertThat(found).as(weights.get(w).name()).containsExactly(gradients.get(w), offset(2e-6));
    }
  }

  private static Recurrent.Name name() {
    return new Recurrent.Name("", "_l0");
  }

  private static BackpropagationThroughTime equations(List<Weight> weights) {
    double[][] w =
        weights.stream()
            .map(weight -> ReferenceGradient.widen(weight.values()))
            .toArray(double[][]::new);
    double[] b = w[2].clone();
    Arrays.setAll(b, i -> w[2][i] + w[3][i]);
    return new BackpropagationThroughTime(rows(w[0], D), rows(w[4], H), rows(w[1], H), b, w[5]);
  }

  private static double[][] rows(float[] numbers, int columns) {
    return rows(ReferenceGradient.widen(numbers), columns);
  }

  private static double[][] rows(double[] numbers, int columns) {
    double[][] rows = new double[numbers.length / columns][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(numbers, i * columns, (i + 1) * columns));
    return rows;
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
