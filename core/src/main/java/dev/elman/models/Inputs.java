package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.tensor.Shape;

/** Checks what a model is given, and puts it on the tape. */
final class Inputs {
  private Inputs() {}

  /** Numbers {@code [N, D]} where they lie, as a constant. */
  static Node numbers(Tape tape, Values inputs, int columns) {
    Values.Numbers numbers = numbers(inputs, columns);
    return tape.view(numbers.rows(), columns, numbers.array());
  }

  private static Values.Numbers numbers(Values inputs, int columns) {
    if (!(inputs instanceof Values.Numbers numbers)) {
      throw new IllegalArgumentException("Model input: expected rows of numbers, got codes.");
    }
    Shape.requireColumns(
        "Model input",
        columns,
        numbers.columns(),
        "Does the data have the columns that the model was trained on?");
    return numbers;
  }

  /** One row of numbers {@code [D]}, or longer. */
  static float[] row(Values inputs, int columns) {
    return numbers(inputs, columns).array();
  }

  /** The code of one symbol. */
  static int code(Values inputs) {
    return codes(inputs).array()[0];
  }

  /** Pairs of sequences. */
  static Values.Pairs pairs(Values inputs) {
    if (!(inputs instanceof Values.Pairs pairs)) {
      throw new IllegalArgumentException(
          "Model input: expected pairs of sequences, got "
              + (inputs instanceof Values.Codes ? "codes" : "numbers")
              + " alone. Use a PairSource.");
    }
    return pairs;
  }

  /** Codes {@code [N]}. */
  static Values.Codes codes(Values inputs) {
    if (!(inputs instanceof Values.Codes codes)) {
      throw new IllegalArgumentException("Model input: expected codes of symbols, got numbers.");
    }
    return codes;
  }
}
