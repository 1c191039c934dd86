package dev.elman.baselines;

/**
 * An interpolated n-gram model of symbols with Witten-Bell smoothing: the floor for language
 * models.
 *
 * <pre>{@code
 * P(w | h) = (c(h w) + N(h) · P(w | h')) / (c(h) + N(h))      P(w | no symbol at all) = 1 / V
 * }</pre>
 *
 * <p>where {@code h} is the context of up to order - 1 symbols, {@code h'} the same without its
 * oldest symbol, {@code c} counts in the training text, and {@code N(h)} the number of different
 * symbols that follow {@code h} there. A context that was never seen says nothing, and the shorter
 * one decides. The probabilities of all V symbols sum to 1 after any context.
 *
 * <p>Sources: Witten and Bell 1991 (their method C); interpolated as in Chen and Goodman 1998,
 * section 2.4.
 */
public final class NgramModel {
  private static final int LONGEST = 16;

  private final NgramCounts counts;
  private final int order;
  private final int vocabulary;

  private NgramModel(NgramCounts counts, int order, int vocabulary) {
    if (vocabulary < 1) {
      throw new IllegalArgumentException(
          "vocabulary: expected at least 1 symbol, got " + vocabulary + ".");
    }
    this.counts = counts;
    this.order = requireOrder(order);
    this.vocabulary = vocabulary;
  }

  /**
   * Counts one long text.
   *
   * @param codes the training text, each code from 0 to V - 1
   * @param order the longest n-grams, such as 5: four symbols of context
   * @param vocabulary V, symbols that the training text lacks included
   */
  public static NgramModel train(int[] codes, int order, int vocabulary) {
    NgramModel model = new NgramModel(new NgramCounts(), order, vocabulary);
    model.requireKnown(codes, 0, codes.length);
    model.counts.add(codes, order, 0);
    return model;
  }

  /** The longest n-grams. */
  public int order() {
    return order;
  }

  /** V. */
  public int vocabulary() {
    return vocabulary;
  }

  /** How many different n-grams of all orders it has counted, those of withheld orders included. */
  public int size() {
    return counts.size();
  }

  /**
   * The model that an equal training with a lower order gives; it shares the counts.
   *
   * @param lower from 1 to this order
   */
  public NgramModel withOrder(int lower) {
    if (lower > order) {
      throw new IllegalArgumentException(
          "order: expected at most " + order + ", which was counted, got " + lower + ".");
    }
    return new NgramModel(counts, lower, vocabulary);
  }

  /**
   * The mean negative log-likelihood of a stretch of a text, in nats a symbol.
   *
   * @param codes the text; what stands before the stretch is its first context
   * @param from first symbol
   * @param to after the last symbol
   */
  public double nats(int[] codes, int from, int to) {
    return natsByOrder(codes, from, to)[order - 1];
  }

  /** {@link #nats} of this model and of all lower orders: {@code [order]}, order 1 first. */
  public double[] natsByOrder(int[] codes, int from, int to) {
    if (from < 0 || from >= to || to > codes.length) {
      throw new IllegalArgumentException(
          "text: expected a stretch of at least one symbol within "
              + codes.length
              + ", got "
              + from
              + " to "
              + to
              + ".");
    }
    int[] contexts = contexts(codes, from);
    requireKnown(codes, from, to);
    double[] sums = new double[order];
    double[] p = new double[order];
    for (int i = from; i < to; i++) {
      probabilities(contexts, codes[i], p);
      for (int k = 0; k < order; k++) {
        sums[k] -= Math.log(p[k]);
      }
      counts.advance(contexts, codes[i]);
    }
    for (int k = 0; k < order; k++) {
      sums[k] /= to - from;
    }
    return sums;
  }

  /** The probability of the symbol at a place of a text after those before it. */
  public double probability(int[] codes, int at) {
    double[] p = new double[order];
    requireKnown(codes, at, at + 1);
    probabilities(contexts(codes, at), codes[at], p);
    return p[order - 1];
  }

  /** The probabilities of all symbols after a context of any length: {@code [V]}, with sum 1. */
  public double[] distribution(int[] context) {
    int[] contexts = contexts(context, context.length);
    double[] p = new double[order];
    double[] all = new double[vocabulary];
    for (int symbol = 0; symbol < vocabulary; symbol++) {
      probabilities(contexts, symbol, p);
      all[symbol] = p[order - 1];
    }
    return all;
  }

  /** The nodes of all contexts that end before a place. */
  private int[] contexts(int[] codes, int at) {
    int[] contexts = NgramCounts.start(order);
    int first = Math.max(0, at - order + 1);
    requireKnown(codes, first, at);
    for (int i = first; i < at; i++) {
      counts.advance(contexts, codes[i]);
    }
    return contexts;
  }

  /** Writes the probability of a symbol by each order, from short to long contexts. */
  private void probabilities(int[] contexts, int symbol, double[] p) {
    double shorter = 1.0 / vocabulary;
    for (int k = 0; k < order; k++) {
      int followers = counts.followers(contexts[k]);
      if (followers > 0) {
        int kinds = counts.kinds(contexts[k]);
        int seen = counts.occurrences(counts.child(contexts[k], symbol));
        shorter = (seen + kinds * shorter) / (followers + kinds);
      }
      p[k] = shorter;
    }
  }

  static int requireOrder(int order) {
    if (order < 1 || order > LONGEST) {
      throw new IllegalArgumentException(
          "order: expected 1 (symbols alone) to " + LONGEST + ", got " + order + ".");
    }
    return order;
  }

  private void requireKnown(int[] codes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (codes[i] < 0 || codes[i] >= vocabulary) {
        throw new IllegalArgumentException(
            "text: expected codes from 0 to "
                + (vocabulary - 1)
                + ", got "
                + codes[i]
                + " at "
                + i
                + ". Encode it with the vocabulary of the training text.");
      }
    }
  }
}
