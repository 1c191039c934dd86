package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.batches.Values;
import dev.elman.tensor.Shape;

/** Checks of predictions and targets, row by row, and what distributions read from them. */
final class Rows {
  private Rows() {}

  /** Requires rows of numbers as targets. */
  static Values.Numbers numbers(Values targets) {
    if (!(targets instanceof Values.Numbers numbers)) {
      throw new IllegalArgumentException("Loss: expected numbers as targets, got classes.");
    }
    return numbers;
  }

  /** Requires as many rows and columns as a distribution of numbers has. */
  static void require(Distribution of, Node predictions, Values targets) {
    Values.Numbers numbers = numbers(targets);
    Shape.requireColumns(
        "Predictions of " + of,
        of.parameters(),
        predictions.columns(),
        "Is the dense layer as wide as the distribution has parameters?");
    Shape.require(
        "Targets of " + of,
        new int[] {predictions.rows(), of.columns()},
        new int[] {numbers.rows(), numbers.columns()},
        "One row of targets for each row of predictions.");
  }

  /** Requires a row of parameters. */
  static void require(Distribution of, float... parameters) {
    Shape.require(
        "Parameters of " + of,
        new int[] {of.parameters()},
        new int[] {parameters.length},
        "One row of predictions.");
  }

  static double temperature(double temperature) {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature: expected a number above 0, got "
              + temperature
              + ". For always the most likely take the mode.");
    }
    return temperature;
  }

  /** {@code log Σ exp(x_i)} of some numbers, where the largest is taken out first. */
  static double logSum(float[] x, int at, int count) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      most = Math.max(most, x[i]);
    }
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += Math.exp(x[i] - most);
    }
    return most + Math.log(sum);
  }

  /** Where the largest of some numbers stands, counted from {@code at}; of equals the first. */
  static int largest(float[] x, int at, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = x[at + i] > x[at + best] ? i : best;
    }
    return best;
  }
}
