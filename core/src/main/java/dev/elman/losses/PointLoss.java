package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.tensor.Shape;

/**
 * A loss that compares each predicted number with one target: {@code [N, K]} with {@code [N, K]}.
 */
public interface PointLoss extends Loss {
  /** {@code (x - y)²}: its minimum is the mean. */
  PointLoss SQUARED = of("mean squared error", (x, y) -> (x - y) * (x - y), (x, y) -> 2 * (x - y));

  /** {@code |x - y|}: its minimum is the median. */
  PointLoss ABSOLUTE =
      of("mean absolute error", (x, y) -> Math.abs(x - y), (x, y) -> Math.signum(x - y));

  /**
   * The negative log-likelihood of y, 0 or 1, under the Bernoulli distribution with probability
   * σ(x): {@code max(x, 0) - x·y + log(1 + exp(-|x|))}. PyTorch's {@code
   * binary_cross_entropy_with_logits}.
   */
  PointLoss BERNOULLI =
      of(
          "Bernoulli",
          (x, y) -> Math.max(x, 0) - x * y + Math.log1p(Math.exp(-Math.abs(x))),
          (x, y) -> 1 / (1 + Math.exp(-x)) - y);

  /** The loss of one prediction x with target y. */
  double at(double x, double y);

  /** Its derivative by x. */
  double slope(double x, double y);

  /**
   * Squared where {@code |x - y|} is below delta, absolute beyond (Huber 1964), as PyTorch's {@code
   * huber_loss}: {@code d²/2} and {@code δ·(|d| - δ/2)}.
   */
  static PointLoss huber(double delta) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("Huber delta: expected above 0, got " + delta + ".");
    }
    return of(
        "Huber " + delta,
        (x, y) -> {
          double d = Math.abs(x - y);
          return d <= delta ? d * d / 2 : delta * (d - delta / 2);
        },
        (x, y) -> Math.max(-delta, Math.min(delta, x - y)));
  }

  /** A loss from its value and its slope. */
  static PointLoss of(String name, Term value, Term slope) {
    return new Written(name, value, slope);
  }

  @Override
  default Node sum(Tape tape, Node x, Values targets) {
    float[] y = targets(x, targets);
    Node loss = tape.node(1, 1, x.needsGradient());
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += at(x.value()[i], y[i]);
    }
    loss.value()[0] = (float) sum;
    tape.record(
        loss,
        () -> {
          for (int i = 0; i < x.size(); i++) {
            x.gradient()[i] += loss.gradient()[0] * (float) slope(x.value()[i], y[i]);
          }
        });
    return loss;
  }

  @Override
  default int terms(Node predictions, Values targets) {
    return predictions.size();
  }

  private static float[] targets(Node x, Values targets) {
    Values.Numbers numbers = Rows.numbers(targets);
    Shape.require(
        "Targets",
        new int[] {x.rows(), x.columns()},
        new int[] {numbers.rows(), numbers.columns()},
        "One target for each predicted number.");
    return numbers.array();
  }

  /** A function of a prediction and its target. */
  @FunctionalInterface
  interface Term {
    double of(double x, double y);
  }

  /** A loss written as two functions. */
  record Written(String name, Term value, Term slopes) implements PointLoss {
    @Override
    public double at(double x, double y) {
      return value.of(x, y);
    }

    @Override
    public double slope(double x, double y) {
      return slopes.of(x, y);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
