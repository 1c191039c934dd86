package dev.elman.metrics;

/**
 * Conversions of a language model's loss, the mean negative log-likelihood in nats a symbol.
 *
 * <p>Perplexity is the number of equally likely symbols that would be as hard to guess (Jelinek,
 * Mercer, Bahl and Baker 1977).
 */
public final class Perplexity {
  private static final double NATS_PER_BIT = Math.log(2);

  private Perplexity() {}

  /** The perplexity of a loss: {@code e^nats}. */
  public static double ofNats(double nats) {
    return Math.exp(nats);
  }

  /** The loss of a perplexity, in nats. */
  public static double toNats(double perplexity) {
    return Math.log(perplexity);
  }

  /** A loss in bits: {@code nats / ln 2}; of characters it is the bits per character. */
  public static double bits(double nats) {
    return nats / NATS_PER_BIT;
  }

  /** A loss in nats: {@code bits · ln 2}. */
  public static double nats(double bits) {
    return bits * NATS_PER_BIT;
  }

  /**
   * The bits per character of a model of words or bytes, so that models of different symbols
   * compare.
   *
   * @param nats mean loss a symbol
   * @param symbols how many symbols were predicted
   * @param characters how many characters they make up
   */
  public static double bitsPerCharacter(double nats, long symbols, long characters) {
    return bits(nats) * symbols / characters;
  }
}
