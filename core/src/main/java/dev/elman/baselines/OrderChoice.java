package dev.elman.baselines;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order whose {@link NgramModel} predicts a text best, with the figures of all that were tried.
 *
 * @param tried every order, lowest first
 * @param model of the best order
 */
public record OrderChoice(List<Score> tried, NgramModel model) {
  /** Copies the list. */
  public OrderChoice {
    tried = List.copyOf(tried);
  }

  /**
   * An order and how well it predicts.
   *
   * @param order the longest n-grams
   * @param nats mean negative log-likelihood, in nats a symbol
   */
  public record Score(int order, double nats) {}

  /** The fewest nats; the lowest order among equals. */
  public Score best() {
    return tried.get(model.order() - tried.get(0).order());
  }

  /**
   * Tries all orders up to that of a trained model.
   *
   * @param longest trained on the training text with the highest order, such as 7
   * @param lowest the lowest order to try, such as 2
   * @param held the text to choose by, which the model was not trained on
   */
  public static OrderChoice of(NgramModel longest, int lowest, int[] held) {
    if (lowest < 1 || lowest > longest.order()) {
      throw new IllegalArgumentException(
          "orders: expected a lowest from 1 to " + longest.order() + ", got " + lowest + ".");
    }
    double[] nats = longest.natsByOrder(held, 0, held.length);
    List<Score> tried = new ArrayList<>();
    for (int order = lowest; order <= longest.order(); order++) {
      tried.add(new Score(order, nats[order - 1]));
    }
    int best = tried.stream().min(Comparator.comparingDouble(Score::nats)).orElseThrow().order();
    return new OrderChoice(tried, longest.withOrder(best));
  }
}
