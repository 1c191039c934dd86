package dev.elman.testkit;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Compares gradients from the tape with central finite differences, for every number of every
 * weight and input.
 *
 * <p>The function may be anything written on the tape. Its result is weighted with fixed random
 * numbers and summed in double precision, so that no output goes unseen. As the function itself is
 * computed in floats, differences are taken over 1/128 and agree within 1 % of the tensor's largest
 * gradient, or 0.002: wrong formulas miss that by far.
 *
 * @param weights all that the function depends on beside its inputs
 * @param inputs the function's inputs
 */
public record GradientCheck(List<Weight> weights, List<Input> inputs) {
  private static final float STEP = 1f / 128;
  private static final double RELATIVE = 0.01;
  private static final double ABSOLUTE = 0.002;

  /**
   * An input of the function.
   *
   * @param name for the message
   * @param rows of the matrix
   * @param columns of the matrix
   * @param values row-major
   */
  public record Input(String name, int rows, int columns, float[] values) {
    /** Normal random numbers, different for each name. */
    public static Input random(String name, int rows, int columns) {
      float[] values = new float[rows * columns];
      RandomStream random = RandomStream.of(7, name);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return new Input(name, rows, columns, values);
    }
  }

  /**
   * Checks a function.
   *
   * @param function from tape and input nodes to the nodes whose gradient is checked
   * @throws AssertionError naming tensor and index, with both gradients
   */
  public void check(BiFunction<Tape, Node[], List<Node>> function) {
    Tape tape = tape();
    Node[] nodes = nodes(tape);
    List<Node> results = function.apply(tape, nodes);
    tape.backward(weightedSum(tape, results));
    for (Weight weight : weights) {
      float[] gradient = tape.gradient(weight).clone();
      compare(weight.name(), weight.values(), gradient, function, () -> weight.update(v -> {}));
    }
    for (int i = 0; i < nodes.length; i++) {
      float[] gradient = nodes[i].gradient().clone();
      compare(inputs.get(i).name(), inputs.get(i).values(), gradient, function, () -> {});
    }
  }

  private static Tape tape() {
    Tape tape = Tape.training(Kernels.get());
    tape.random(RandomStream.of(3, "dropout"));
    return tape;
  }

  private Node[] nodes(Tape tape) {
    return inputs.stream()
        .map(input -> tape.input(input.rows(), input.columns(), input.values()))
        .toArray(Node[]::new);
  }

  private void compare(
      String name,
      float[] values,
      float[] analytic,
      BiFunction<Tape, Node[], List<Node>> function,
      Runnable changed) {
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(analytic[i]));
    }
    double tolerance = Math.max(ABSOLUTE, RELATIVE * largest);
    for (int i = 0; i < values.length; i++) {
      double numeric = difference(values, i, STEP, function, changed);
      for (float step = STEP / 8; step >= STEP / 64 && isOff(numeric, analytic[i], tolerance); ) {
        numeric = difference(values, i, step, function, changed); // there may be a kink nearby
        step /= 8;
      }
      if (isOff(numeric, analytic[i], tolerance)) {
        throw new AssertionError(
            name + "[" + i + "]: gradient " + analytic[i] + ", by differences " + numeric);
      }
    }
  }

  /** NaN is off, too. */
  private static boolean isOff(double numeric, double analytic, double tolerance) {
    return !(Math.abs(numeric - analytic) <= tolerance);
  }

  private double difference(
      float[] values,
      int i,
      float step,
      BiFunction<Tape, Node[], List<Node>> function,
      Runnable changed) {
    float before = values[i];
    values[i] = before + step;
    changed.run();
    double above = value(function);
    values[i] = before - step;
    changed.run();
    double below = value(function);
    values[i] = before;
    changed.run();
    return (above - below) / (2 * step);
  }

  private double value(BiFunction<Tape, Node[], List<Node>> function) {
    Tape tape = tape();
    double sum = 0;
    int seen = 0;
    for (Node result : function.apply(tape, nodes(tape))) {
      for (int i = 0; i < result.size(); i++) {
        sum += (double) factor(seen++) * result.value()[i];
      }
    }
    return sum;
  }

  private static Node weightedSum(Tape tape, List<Node> results) {
    Node sum = tape.node(1, 1, true);
    List<Node> kept = new ArrayList<>(results);
    tape.record(
        sum,
        () -> {
          int seen = 0;
          for (Node result : kept) {
            for (int i = 0; i < result.size(); i++) {
              result.gradient()[i] += sum.gradient()[0] * factor(seen++);
            }
          }
        });
    return sum;
  }

  /** Fixed factors between -1 and 1, no two alike. */
  private static float factor(int i) {
    return (float) Math.sin(1.7 * i + 0.3);
  }
}
