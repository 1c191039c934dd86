package dev.elman.inspection;

import dev.elman.batches.Values;
import dev.elman.tensor.Shape;
import java.util.List;

/**
 * A sequence to look at a model with.
 *
 * @param labels what each of its T steps is called: a symbol, a date, a number
 * @param inputs T rows
 * @param goal one row, what is to be predicted from the last step; null where that is not known
 */
public record Example(List<String> labels, Values inputs, Values goal) {
  /** Checks that each step has a label. */
  public Example {
    labels = List.copyOf(labels);
    Shape.require(
        "Labels of steps",
        new int[] {inputs.rows()},
        new int[] {labels.size()},
        "Each step needs one.");
    if (goal != null) {
      Shape.require("Goal", new int[] {1}, new int[] {goal.rows()}, "It is the last step's.");
    }
  }

  /** A sequence to look at states and gates with. */
  public static Example of(List<String> labels, Values inputs) {
    return new Example(labels, inputs, null);
  }

  /** T. */
  public int steps() {
    return inputs.rows();
  }
}
