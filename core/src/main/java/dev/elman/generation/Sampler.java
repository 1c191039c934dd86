package dev.elman.generation;

import dev.elman.losses.Categorical;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;

/** Chooses the next symbol from logits {@code [V]}; it may change the array it is given. */
@FunctionalInterface
public interface Sampler {
  /** Always the most likely symbol; of equals the first. */
  Sampler GREEDY = (logits, random) -> largest(logits);

  /** Draws each symbol with its probability. */
  Sampler PLAIN = Sampler::draw;

  /**
   * The chosen code. Logits of minus infinity are never chosen.
   *
   * @param random the stream to draw from
   */
  int choose(float[] logits, RandomStream random);

  /**
   * This, with all logits divided by a temperature first: below 1 bolder, above 1 more varied.
   *
   * @throws IllegalArgumentException when it is not above 0, or infinite
   */
  default Sampler atTemperature(double temperature) {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature: expected a number above 0, got "
              + temperature
              + ". For always the most likely symbol use greedy sampling (--top-k 1).");
    }
    return (logits, random) -> {
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) (logits[i] / temperature);
      }
      return choose(logits, random);
    };
  }

  /** This, among the k most likely symbols (Fan, Lewis and Dauphin 2018). */
  default Sampler amongTop(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("top-k: expected at least 1, got " + k + ".");
    }
    return (logits, random) -> {
      keep(logits, Math.min(k, logits.length));
      return choose(logits, random);
    };
  }

  /** This, among the fewest symbols that together have probability p (Holtzman et al. 2020). */
  default Sampler amongMass(double p) {
    if (!(p > 0 && p <= 1)) {
      throw new IllegalArgumentException("top-p: expected above 0, at most 1, got " + p + ".");
    }
    return (logits, random) -> {
      double[] probabilities = new Categorical(logits.length).mean(logits);
      int[] order = descending(logits);
      double mass = 0;
      int kept = 0;
      while (kept < order.length && mass < p) {
        mass += probabilities[order[kept++]];
      }
      forbidAfter(logits, order, kept);
      return choose(logits, random);
    };
  }

  private static void keep(float[] logits, int k) {
    forbidAfter(logits, descending(logits), k);
  }

  private static void forbidAfter(float[] logits, int[] order, int kept) {
    for (int i = kept; i < order.length; i++) {
      logits[order[i]] = Float.NEGATIVE_INFINITY;
    }
  }

  /** Codes by falling logit; equals in the order of their codes. */
  private static int[] descending(float[] logits) {
    Integer[] order = new Integer[logits.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Float.compare(logits[b], logits[a]));
    return Arrays.stream(order).mapToInt(i -> i).toArray();
  }

  private static int draw(float[] logits, RandomStream random) {
    return (int) new Categorical(logits.length).draw(logits, 1, random)[0];
  }

  private static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
