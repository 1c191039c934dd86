package dev.elman.testkit;

import dev.elman.cells.Cell;
import dev.elman.cells.FusedCell;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Recurrent;
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
   * Checks the gradients of the cell's equations, and of its fused form where it has one, and that
   * both forms agree.
   *
   * @throws AssertionError saying what differs
   */
  public void require() {
    gradients(cell);
    if (cell instanceof FusedCell) {
      gradients(new StepOnly(cell));
      fusedEqualsSteps();
    }
  }

  private void gradients(Cell form) {
    Recurrent layer = layer(form);
    Probe probe = Probe.of(layer, LENGTHS);
    new GradientCheck(layer.weights(), probe.inputs(layer))
        .check((tape, nodes) -> probe.forward(layer, tape, nodes));
  }

  private void fusedEqualsSteps() {
    Recurrent fused = layer(cell);
    Recurrent steps = layer(new StepOnly(cell));
    Probe probe = Probe.of(fused, LENGTHS);
    List<float[]> expected = LayerRun.of(steps, probe).all();
    List<float[]> found = LayerRun.of(fused, probe).all();
    for (int k = 0; k < expected.size(); k++) {
      requireClose(what(k, fused), expected.get(k), found.get(k));
    }
  }

  private String what(int k, Recurrent layer) {
    int states = cell.states();
    int weights = layer.weights().size();
    int gradient = k - 1 - states;
    if (k == 0) {
      return "the output";
    }
    if (gradient < 0) {
      return "state " + (k - 1);
    }
    if (gradient < weights) {
      return "the gradient of " + layer.weights().get(gradient).name();
    }
    return gradient == weights
        ? "the gradient of x"
        : "the gradient of state " + (gradient - weights - 1);
  }

  private void requireClose(String what, float[] expected, float[] found) {
    double scale = 1;
    for (float number : expected) {
      scale = Math.max(scale, Math.abs(number));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= 1e-5 * scale)) {
        throw new AssertionError(
            "Cell "
                + cell.name()
                + ": number "
                + i
                + " of "
                + what
                + " is "
                + expected[i]
                + " by its equations and "
                + found[i]
                + " by its fused form. Which of the two forgets a term?");
      }
    }
  }

  private static Recurrent layer(Cell cell) {
    Recurrent.Name name = new Recurrent.Name("", "_l0");
    Recurrent layer = new Recurrent(name, cell, INPUTS, HIDDEN, Initialisation.PYTORCH, 1);
    Probe.scatter(layer.weights(), 0.7f);
    return layer;
  }
}
