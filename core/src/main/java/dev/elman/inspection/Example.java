package dev.elman.inspection;

import dev.elman.batches.Values;
import dev.elman.tensor.Shape;
import java.util.List;

/**
 * A sequence to look at a model with.
 *
 * @param labels what each of its T steps is called: a symbol, a date, a number
 * @param source what each step of the sequence that it is made from is called, where inputs are
 *     {@link Values.Pairs}; else nothing
 * @param inputs T rows
 * @param goal one row, what is to be predicted from the last step; null where that is not known
 */
public record Example(List<String> labels, List<String> source, Values inputs, Values goal) {
  private static final String ENCODER = "encoder."; // how names of its layers begin

  /** Checks that each step has a label. */
  public Example {
    labels = List.copyOf(labels);
    source = List.copyOf(source);
    Shape.require(
        "Labels of steps",
        new int[] {inputs.rows()},
        new int[] {labels.size()},
        "Each step needs one.");
    Shape.require(
        "Labels of steps of the source",
        new int[] {inputs instanceof Values.Pairs pairs ? pairs.others().rows() : 0},
        new int[] {source.size()},
        "Each step needs one.");
    if (goal != null) {
      Shape.require("Goal", new int[] {1}, new int[] {goal.rows()}, "It is the last step's.");
    }
  }

  /** One that is not made from another sequence. */
  public Example(List<String> labels, Values inputs, Values goal) {
    this(labels, List.of(), inputs, goal);
  }

  /** A sequence to look at states and gates with. */
  public static Example of(List<String> labels, Values inputs) {
    return new Example(labels, inputs, null);
  }

  /** What the steps of a layer are called: an encoder's are those of the source. */
  public List<String> labels(String layer) {
    return !source.isEmpty() && layer.startsWith(ENCODER) ? source : labels;
  }

  /** T. */
  public int steps() {
    return inputs.rows();
  }
}
