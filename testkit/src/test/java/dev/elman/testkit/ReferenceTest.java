package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrent networks are their equations in double precision, forwards and backwards. */
class ReferenceTest {
  private static final int[] LENGTHS = {5, 3, 3, 1};
  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;

  static List<Arguments> stacks() {
    List<Arguments> stacks = new ArrayList<>();
    for (Cell cell : AllCells.cells()) {
      for (int layers = 1; layers <= 2; layers++) {
        for (RecurrentStack.Directions directions : RecurrentStack.Directions.values()) {
          stacks.add(Arguments.of(cell.name(), layers, directions));
        }
      }
    }
    return stacks;
  }

  @Test
  void aCellWithoutReferenceIsToldWhereItBelongs() {
    assertThatThrownBy(() -> ReferenceCell.of("minimal-gated"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Cell minimal-gated has no reference. Write its equations once more, in double"
                + " precision, as the constant MINIMAL_GATED of PlainReference.");
  }

  @Test
  void aReferenceThatReadsAnotherCellsWeightsIsToldTheNames() {
    ReferenceCell.Weights weights = new ReferenceCell.Weights(Map.of("bias_f", new double[3]), 3);
    assertThatThrownBy(() -> PlainReference.RNN.step(weights, new double[2], new double[1][3]))
        .isInstanceOf(AssertionError.class)
        .hasMessage("The reference reads a weight 'weight_ih', the cell has [bias_f].");
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}")
  @MethodSource("stacks")
  void outputsStatesAndGradientsAreThoseOfTheEquations(
      String cell, int layers, RecurrentStack.Directions directions) {
    ReferenceCell equations = ReferenceCell.of(cell);
    Stacked stack =
        RecurrentStack.DEFAULTS
            .withCell(cell)
            .withHidden(HIDDEN)
            .withLayers(layers)
            .withDirections(directions)
            .build("", INPUTS, 1);
    Probe.scatter(stack.weights(), 0.8f);
    Probe probe = Probe.of(stack, LENGTHS);
    LayerRun run = LayerRun.of(stack, probe);

    int both = directions == RecurrentStack.Directions.BOTH ? 2 : 1;
    List<String> names =
        Cells.named(cell).weights(INPUTS, HIDDEN).stream().map(Cell.WeightShape::name).toList();
    ReferenceSequence reference = new ReferenceSequence(equations, names, HIDDEN, layers, both);
    List<double[]> arguments = new ArrayList<>();
    for (Weight weight : stack.weights()) {
      arguments.add(ReferenceGradient.widen(weight.values()));
    }
    arguments.add(ReferenceGradient.widen(probe.x()));
    for (float[] state : probe.state()) {
      arguments.add(ReferenceGradient.widen(state));
    }
    int weights = stack.weights().size();
    ReferenceSequence.Result result = run(reference, arguments, weights);
    requireClose(cell + ", rows", run.rows(), result.rows(), 1e-5);
    for (int s = 0; s < run.state().size(); s++) {
      requireClose(cell + ", last state " + s, run.state().get(s), result.state()[s], 1e-5);
    }
    List<double[]> gradient =
        ReferenceGradient.of(a -> loss(run(reference, a, weights)), arguments);
    for (int k = 0; k < gradient.size(); k++) {
      double largest = 0;
      for (double number : gradient.get(k)) {
        largest = Math.max(largest, Math.abs(number));
      }
      if (k < weights && !stack.weights().get(k).isTrained()) {
        assertThat(run.gradients().get(k)).containsOnly(0);
        continue;
      }
      String what = k < weights ? stack.weights().get(k).name() : "input " + (k - weights);
      requireClose(
          cell + ", gradient of " + what, run.gradients().get(k), gradient.get(k), 1e-4 * largest);
    }
  }

  private static ReferenceSequence.Result run(
      ReferenceSequence reference, List<double[]> arguments, int weights) {
    double[][] first = arguments.subList(weights + 1, arguments.size()).toArray(new double[0][]);
    return reference.run(arguments, LENGTHS, arguments.get(weights), first);
  }

  /** The loss of {@link LayerRun}. */
  private static double loss(ReferenceSequence.Result result) {
    double loss = dot(result.rows(), 0);
    for (int s = 0; s < result.state().length; s++) {
      loss += dot(result.state()[s], 1 + s);
    }
    return loss;
  }

  private static double dot(double[] numbers, int output) {
    float[] factors = LayerRun.factors(output, numbers.length);
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += factors[i] * numbers[i];
    }
    return sum;
  }

  private static void requireClose(String what, float[] found, double[] expected, double error) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("%s, number %d", what, i)
          .isCloseTo(expected[i], offset(error));
    }
  }
}
