package dev.elman.testkit;

import dev.elman.cells.Cell;
import dev.elman.cells.FusedCell;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Recurrent;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * What every cell must keep to, for the test of your own: {@code new CellContract(cell).require()}.
 *
 * @param cell which is run over sequences of lengths 4, 4, 2, 1 with 3 inputs and 5 units
 */
public record CellContract(Cell cell) {
  private static final int INPUTS = 3;
  private static final int HIDDEN = 5;
  private static final int[] LENGTHS = {4, 4, 2, 1};

  /**
   * Checks that the cell's fused form, where it has one, is its equations, and the gradients of
   * both.
   *
   * @throws AssertionError naming the cell, the form and what differs
   */
  public void require() {
    if (cell instanceof FusedCell) {
      fusedEqualsSteps("one time step", 1, 1);
      fusedEqualsSteps("sequences of 4, 4, 2 and 1 steps", LENGTHS);
      gradients(cell, "by its fused form");
    }
    gradients(new StepOnly(cell), "by its equations");
  }

  private void gradients(Cell form, String which) {
    Recurrent layer = layer(form);
    Probe probe = Probe.of(layer, LENGTHS);
    new GradientCheck(layer.weights(), probe.inputs(layer))
        .check(
            "Cell " + cell.name() + ", " + which,
            (tape, nodes) -> probe.forward(layer, tape, nodes));
  }

  private void fusedEqualsSteps(String over, int... lengths) {
    Recurrent fused = layer(cell);
    Recurrent steps = layer(new StepOnly(cell));
    Probe probe = Probe.of(fused, lengths);
    List<float[]> expected = LayerRun.of(steps, probe).all();
    List<float[]> found = LayerRun.of(fused, probe).all();
    for (int k = 0; k < expected.size(); k++) {
      requireClose(over, k, fused.weights(), expected.get(k), found.get(k));
    }
  }

  private void requireClose(
      String over, int k, List<Weight> weights, float[] expected, float[] found) {
    double scale = 1;
    for (float number : expected) {
      scale = Math.max(scale, Math.abs(number));
    }
    int worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = error(expected, found, i) > error(expected, found, worst) ? i : worst;
    }
    if (!(error(expected, found, worst) <= 1e-5 * scale)) {
      throw new AssertionError(
          "Cell "
              + cell.name()
              + " over "
              + over
              + ": "
              + what(k, worst, weights)
              + " is "
              + expected[worst]
              + " by its equations and "
              + found[worst]
              + " by its fused form. Which of the two forgets a term?");
    }
  }

  /** What is not a number is the worst of all. */
  private static double error(float[] expected, float[] found, int i) {
    double error = Math.abs(expected[i] - found[i]);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  /** Number i of output k of {@link LayerRun#all}, in words. */
  private String what(int k, int i, List<Weight> weights) {
    int gradient = k - 1 - cell.widths(HIDDEN).length;
    int[] widths = cell.widths(HIDDEN);
    int state = k == 0 ? 0 : gradient < 0 ? k - 1 : Math.max(0, gradient - weights.size() - 1);
    int width = widths[Math.min(state, widths.length - 1)];
    int row = i / width;
    String unit = ", unit " + i % width + ")";
    if (k == 0) {
      return "the output (token " + row + unit;
    }
    if (gradient < 0) {
      return "state " + (k - 1) + " (sequence " + row + unit;
    }
    if (gradient > weights.size()) {
      return "the gradient of state "
          + (gradient - weights.size() - 1)
          + " (sequence "
          + row
          + unit;
    }
    if (gradient == weights.size()) {
      return "the gradient of x (token " + i / INPUTS + ", input " + i % INPUTS + ")";
    }
    Weight weight = weights.get(gradient);
    boolean matrix = weight.shape().length > 1;
    int at = matrix ? i / weight.columns() : i;
    return "the gradient of "
        + weight.name()
        + (matrix ? "[" + at + ", " + i % weight.columns() + "]" : "[" + at + "]")
        + (" (gate " + at / HIDDEN + ", counted from 0, unit " + at % HIDDEN + ")");
  }

  private static Recurrent layer(Cell cell) {
    Recurrent.Name name = new Recurrent.Name("", "_l0");
    Recurrent layer = new Recurrent(name, cell, INPUTS, HIDDEN, Initialisation.PYTORCH, 1);
    Probe.scatter(layer.weights(), 0.7f);
    return layer;
  }
}
