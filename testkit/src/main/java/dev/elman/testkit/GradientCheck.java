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
 * A comparison of the tape's gradients with finite differences, for every number of every weight
 * and input.
 *
 * <pre>{@code
 * new GradientCheck(layer.weights(), List.of(GradientCheck.Input.random("x", 7, 3)))
 *     .check((tape, in) -> List.of(myEquations(tape, in[0])));
 * }</pre>
 *
 * <p>The results are summed with fixed random factors, in double precision, and the derivative is
 * taken from four points, {@code (8·(f(+ε) - f(-ε)) - (f(+2ε) - f(-2ε))) / 12ε}, so that functions
 * in single precision show three digits of it: gradients must agree within a thousandth of the
 * tensor's largest, counted as at least {@value #LEAST}. Where they do not, there may be a kink
 * nearby (the rectifier, the maximum): a smaller step decides, within a hundredth.
 *
 * @param weights all that the function depends on beside its inputs
 * @param inputs the function's inputs
 */
public record GradientCheck(List<Weight> weights, List<Input> inputs) {
  private static final double STEP = 1.0 / 64;
  private static final double LEAST = 0.1;
  private static final double TOLERANCE = 1e-3;
  private static final double[] KINK_STEPS = {1.0 / 512, 1.0 / 4096};
  private static final double KINK_TOLERANCE = 1e-2;

  /**
   * An input of the function, {@code [rows, columns]}.
   *
   * @param name for the message
   * @param values row-major; moved by a check, and put back
   */
  public record Input(String name, int rows, int columns, float[] values) {
    /** Numbers between -1 and 1, different for each name. */
    public static Input random(String name, int rows, int columns) {
      return new Input(name, rows, columns, Probe.numbers(name, rows * columns));
    }
  }

  /**
   * Checks a function, with a name for the message.
   *
   * @throws AssertionError as {@link #check(BiFunction)}, after the name
   */
  public double check(String name, BiFunction<Tape, Node[], List<Node>> function) {
    try {
      return check(function);
    } catch (AssertionError e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks a function.
   *
   * @param function from tape and input nodes to the nodes whose gradient is checked; it is called
   *     many times, each time with the same stream of random numbers for dropout
   * @return the largest relative difference
   * @throws AssertionError naming the weight or input, the place, both gradients and how many of
   *     its numbers are wrong
   */
  public double check(BiFunction<Tape, Node[], List<Node>> function) {
    Run run = new Run(function);
    List<float[]> gradients = run.gradients();
    double worst = 0;
    for (int w = 0; w < weights.size(); w++) {
      Weight weight = weights.get(w);
      if (!weight.isTrained()) {
        requireNone(weight, gradients.get(w));
        continue;
      }
      Change change = (i, value) -> weight.update(values -> values[i] = value);
      Tensor tensor = new Tensor(weight.name(), weight.columns(), weight.values(), change);
      worst = Math.max(worst, run.compare(tensor, gradients.get(w)));
    }
    for (int k = 0; k < inputs.size(); k++) {
      Input input = inputs.get(k);
      float[] values = input.values();
      Tensor tensor =
          new Tensor(input.name(), input.columns(), values, (i, value) -> values[i] = value);
      worst = Math.max(worst, run.compare(tensor, gradients.get(weights.size() + k)));
    }
    return worst;
  }

  private static void requireNone(Weight weight, float[] gradient) {
    for (float number : gradient) {
      if (number != 0) {
        throw new AssertionError(
            "Gradient of " + weight.name() + ": expected none, as it is not trained, got one.");
      }
    }
  }

  /** Sets number i of a tensor. */
  @FunctionalInterface
  private interface Change {
    void set(int i, float value);
  }

  /** A weight or an input, and how to change it. */
  private record Tensor(String name, int columns, float[] values, Change change) {}

  /** The function, run again and again on one tape. */
  private final class Run {
    private final BiFunction<Tape, Node[], List<Node>> function;
    private final Tape tape = Tape.training(Kernels.get());
    private Node[] nodes;

    Run(BiFunction<Tape, Node[], List<Node>> function) {
      this.function = function;
    }

    private List<Node> results() {
      tape.reset();
      tape.random(RandomStream.of(3, "dropout"));
      nodes =
          inputs.stream()
              .map(input -> tape.input(input.rows(), input.columns(), input.values()))
              .toArray(Node[]::new);
      return function.apply(tape, nodes);
    }

    List<float[]> gradients() {
      List<Node> results = results();
      Node loss = tape.node(1, 1, true);
      loss.value()[0] = (float) sum(results);
      tape.record(loss, () -> blame(results));
      tape.backward(loss);
      List<float[]> gradients = new ArrayList<>();
      weights.forEach(weight -> gradients.add(tape.gradient(weight).clone()));
      for (Node node : nodes) {
        gradients.add(node.gradient().clone());
      }
      return gradients;
    }

    double compare(Tensor tensor, float[] analytic) {
      int size = tensor.values().length;
      double[] numeric = new double[size];
      double scale = LEAST;
      for (int i = 0; i < size; i++) {
        numeric[i] = slope(tensor, i, STEP);
        scale = Math.max(scale, Math.abs(numeric[i]));
      }
      double worst = 0;
      int place = 0;
      int wrong = 0;
      for (int i = 0; i < size; i++) {
        double error = Math.abs(analytic[i] - numeric[i]) / scale;
        if (error <= TOLERANCE) {
          worst = wrong == 0 ? Math.max(worst, error) : worst;
        } else if (!isKink(tensor, i, analytic[i], numeric[i], scale)) { // NaN comes here, too
          place = wrong == 0 || error > worst ? i : place;
          worst = wrong == 0 || error > worst ? error : worst;
          wrong++;
        }
      }
      if (wrong > 0) {
        throw new AssertionError(
            String.format(
                "Gradient of %s[%d, %d]: the tape gives %.6g, finite differences give %.6g;"
                    + " %d of %d numbers of %s are wrong. Is a term of the backward step missing,"
                    + " doubled or of the wrong sign?",
                tensor.name(),
                place / tensor.columns(),
                place % tensor.columns(),
                analytic[place],
                numeric[place],
                wrong,
                size,
                tensor.name()));
      }
      return worst;
    }

    /** Whether a small step leaves the wide one's slope and comes to the gradient. */
    private boolean isKink(Tensor tensor, int i, double analytic, double wide, double scale) {
      for (double step : KINK_STEPS) {
        double near = slope(tensor, i, step);
        double error = Math.abs(near - analytic);
        if (error <= KINK_TOLERANCE * scale && error < Math.abs(near - wide) / 2) {
          return true;
        }
      }
      return false;
    }

    private double slope(Tensor tensor, int i, double step) {
      float value = tensor.values()[i];
      double near = at(tensor, i, value + step) - at(tensor, i, value - step);
      double far = at(tensor, i, value + 2 * step) - at(tensor, i, value - 2 * step);
      tensor.change().set(i, value);
      return (8 * near - far) / (12 * step);
    }

    private double at(Tensor tensor, int i, double value) {
      tensor.change().set(i, (float) value);
      return sum(results());
    }
  }

  private static double sum(List<Node> results) {
    RandomStream factors = factors();
    double sum = 0;
    for (Node result : results) {
      for (int i = 0; i < result.size(); i++) {
        sum += (double) factor(factors) * result.value()[i];
      }
    }
    return sum;
  }

  private static void blame(List<Node> results) {
    RandomStream factors = factors();
    for (Node result : results) {
      for (int i = 0; i < result.size(); i++) {
        float factor = factor(factors);
        if (result.needsGradient()) {
          result.gradient()[i] += factor;
        }
      }
    }
  }

  private static RandomStream factors() {
    return RandomStream.of(1, "gradient check");
  }

  /** Between 0.5 and 1.5, of either sign: no output may go unseen. */
  private static float factor(RandomStream random) {
    float size = random.uniform(0.5f, 1.5f);
    return random.nextInt(2) == 0 ? size : -size;
  }
}
