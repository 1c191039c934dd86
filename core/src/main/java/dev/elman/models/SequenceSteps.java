package dev.elman.models;

import dev.elman.batches.Values;
import dev.elman.losses.Categorical;
import dev.elman.losses.Distribution;
import dev.elman.tensor.Shape;
import java.util.List;

/**
 * A sequence as the network meets it: at each step the row before, what the ending and the clock
 * add, and the context.
 *
 * @param context C numbers
 */
record SequenceSteps(SequenceModel.Settings settings, float... context) {
  SequenceSteps {
    Shape.require(
        "Context",
        new int[] {settings.context()},
        new int[] {context.length},
        "A model takes as many numbers beside its sequences as its settings say.");
  }

  /** Inputs of all steps of a sequence. */
  Values inputs(Values sequence) {
    int length = rows(sequence);
    Ending ending = settings.ending();
    Values inputs = blank(ending.steps(length));
    for (int step = 0; step < inputs.rows(); step++) {
      int before = ending.row(step) - 1;
      put(inputs, step, step, before < 0 ? new float[0] : row(sequence, before), length);
    }
    return inputs;
  }

  /**
   * The input of one step.
   *
   * @param before the row before; empty where there is none
   * @param length the rows of the sequence, where it is known
   */
  Values input(int step, float[] before, int length) {
    Values input = blank(1);
    put(input, 0, step, before, length);
    return input;
  }

  private Values blank(int steps) {
    if (settings.readsCodes()) {
      Values.Codes codes = new Values.Codes();
      codes.resize(steps);
      return codes;
    }
    Values.Numbers numbers = new Values.Numbers(settings.inputs());
    numbers.resize(steps);
    return numbers;
  }

  private void put(Values inputs, int row, int step, float[] before, int length) {
    float start = settings.rows() instanceof Categorical c && before.length == 0 ? c.symbols() : 0;
    float first = before.length == 0 ? start : before[0];
    if (inputs instanceof Values.Codes codes) {
      codes.array()[row] = (int) first;
      return;
    }
    float[] array = ((Values.Numbers) inputs).array();
    int at = row * settings.inputs();
    System.arraycopy(before, 0, array, at, before.length);
    array[at] = first;
    at += settings.rows().columns();
    if (settings.clock() > 0) {
      array[at++] = step / (float) settings.clock();
    }
    float[] ending = settings.ending().input(step, length);
    System.arraycopy(ending, 0, array, at, ending.length);
    System.arraycopy(context, 0, array, at + ending.length, context.length);
  }

  /** What is predicted at each step: codes, or rows of numbers. */
  Values targets(Values sequence) {
    int length = rows(sequence);
    Ending ending = settings.ending();
    Distribution predicted = settings.predicted();
    int steps = ending.steps(length);
    int width = predicted.columns();
    int columns = settings.rows().columns();
    float[] array = new float[steps * width];
    for (int step = 0; step < steps; step++) {
      int at = ending.row(step);
      if (at == length) {
        array[step * width] = settings.rows().parameters(); // the end symbol
      } else if (at >= 0) {
        System.arraycopy(row(sequence, at), 0, array, step * width, columns);
      }
      if (width > columns) {
        array[step * width + columns] = ending.said(step, length);
      }
    }
    return predicted instanceof Categorical ? codes(array) : Values.Numbers.of(width, array);
  }

  /** Rows as a sequence of their kind. */
  static Values values(Distribution of, List<float[]> rows) {
    float[] array = new float[rows.size() * of.columns()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, array, i * of.columns(), of.columns());
    }
    return of instanceof Categorical ? codes(array) : Values.Numbers.of(of.columns(), array);
  }

  private static Values codes(float... array) {
    Values.Codes codes = new Values.Codes();
    int[] into = codes.resize(array.length);
    for (int i = 0; i < array.length; i++) {
      into[i] = (int) array[i];
    }
    return codes;
  }

  /** The length of a sequence, which is of the right kind and neither too short nor too long. */
  private int rows(Values sequence) {
    boolean symbols = settings.rows() instanceof Categorical;
    int columns = sequence instanceof Values.Numbers numbers ? numbers.columns() : 0;
    if (columns != (symbols ? 0 : settings.rows().columns())) {
      throw new IllegalArgumentException(
          "Sequence: expected "
              + (symbols ? "codes of symbols" : settings.rows().columns() + " columns")
              + " for "
              + settings.rows()
              + ", got "
              + (columns == 0 ? "codes" : columns + " columns")
              + ".");
    }
    Ending ending = settings.ending();
    if (sequence.rows() < ending.fewest() || sequence.rows() > ending.most()) {
      throw new IllegalArgumentException(
          "Sequence: expected "
              + ending.fewest()
              + " to "
              + ending.most()
              + " rows, got "
              + sequence.rows()
              + (sequence.rows() > ending.most()
                  ? ". Give the ending a longer longest length."
                  : ". Only an end symbol can end an empty sequence."));
    }
    return sequence.rows();
  }

  private static float[] row(Values sequence, int row) {
    if (sequence instanceof Values.Codes codes) {
      return new float[] {codes.array()[row]};
    }
    Values.Numbers numbers = (Values.Numbers) sequence;
    float[] copy = new float[numbers.columns()];
    System.arraycopy(numbers.array(), row * copy.length, copy, 0, copy.length);
    return copy;
  }
}
