package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.tensor.Shape;
import java.util.List;

/**
 * The quantile (pinball) loss: predictions {@code [N, K·Q]}, the Q quantiles of each of K targets
 * side by side, with targets {@code [N, K]} (Koenker and Bassett 1978).
 *
 * <pre>{@code
 * loss = Σ max(q·(y - x), (q - 1)·(y - x))
 * }</pre>
 *
 * @param quantiles rising, each between 0 and 1, such as 0.1, 0.5, 0.9
 */
public record QuantileLoss(List<Double> quantiles) implements Loss {
  /** Checks the quantiles. */
  public QuantileLoss {
    quantiles = List.copyOf(quantiles);
    double before = 0;
    for (double q : quantiles) {
      if (!(q > before && q < 1)) {
        throw new IllegalArgumentException(
            "quantiles: expected rising numbers between 0 and 1, such as 0.1,0.5,0.9, got "
                + quantiles
                + ".");
      }
      before = q;
    }
    if (quantiles.isEmpty()) {
      throw new IllegalArgumentException("quantiles: expected at least one, got none.");
    }
  }

  @Override
  public Node sum(Tape tape, Node x, Values targets) {
    float[] y = targets(x, targets);
    Node loss = tape.node(1, 1, x.needsGradient());
    int q = quantiles.size();
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      double below = y[i / q] - x.value()[i];
      sum += below * share(i % q, below);
    }
    loss.value()[0] = (float) sum;
    tape.record(
        loss,
        () -> {
          for (int i = 0; i < x.size(); i++) { // dx = -q where y > x, 1 - q where y < x
            double below = y[i / q] - x.value()[i];
            x.gradient()[i] -= loss.gradient()[0] * (float) share(i % q, below);
          }
        });
    return loss;
  }

  private double share(int quantile, double below) {
    double q = quantiles.get(quantile);
    return below > 0 ? q : below < 0 ? q - 1 : below; // 0 at the kink; NaN stays NaN
  }

  private float[] targets(Node x, Values targets) {
    Values.Numbers numbers = Rows.numbers(targets);
    Shape.require(
        "Predicted quantiles",
        new int[] {numbers.rows(), numbers.columns() * quantiles.size()},
        new int[] {x.rows(), x.columns()},
        "There are " + quantiles.size() + " quantiles of each target.");
    return numbers.array();
  }

  @Override
  public int terms(Node predictions, Values targets) {
    return predictions.size();
  }

  @Override
  public String toString() {
    return "quantiles " + quantiles;
  }
}
