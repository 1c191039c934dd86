package dev.elman.generation;

import dev.elman.tensor.Shape;

/**
 * How far a search for the most probable sequence looks: at each step the likeliest beginnings are
 * kept, and the best of what they end in wins.
 *
 * <pre>{@code
 * score(y) = log P(y) / ((5 + |y|) / 6)^a          (Wu et al. 2016, GNMT)
 * }</pre>
 *
 * <p>|y| counts the symbols and the end. Without the penalty (a = 0) short sequences win, as each
 * symbol makes a sequence less probable.
 *
 * @param width beginnings that are kept; 1 is the greedy choice
 * @param lengthPenalty a, from 0; 0.6 to 1 are usual
 * @param best how many sequences are wanted, at most the width
 */
public record BeamSearch(int width, double lengthPenalty, int best) {
  /** Always the likeliest symbol. */
  public static final BeamSearch GREEDY = new BeamSearch(1, 0, 1);

  private static final int WIDEST = 1000;

  /** Checks the numbers. */
  public BeamSearch {
    Shape.positive("beam", width);
    if (width > WIDEST) {
      throw new IllegalArgumentException(
          "beam: expected a width of at most "
              + WIDEST
              + ", got "
              + width
              + ". Time and memory grow with it at every step, and what is found becomes worse, not"
              + " better, beyond some ten (Koehn and Knowles 2017). Try 5.");
    }
    if (!(lengthPenalty >= 0 && lengthPenalty <= 10)) {
      throw new IllegalArgumentException(
          "length penalty: expected a power from 0 to 10, got " + lengthPenalty + ". Try 0.6.");
    }
    if (best < 1 || best > width) {
      throw new IllegalArgumentException(
          "best: expected from 1 to the beam's width, " + width + ", got " + best + ".");
    }
  }

  /** The same, so many sequences wanted. */
  public BeamSearch withBest(int count) {
    return new BeamSearch(width, lengthPenalty, count);
  }

  /** What a log-probability counts, for a sequence of so many symbols, its end among them. */
  double score(double logProbability, int length) {
    return logProbability / StrictMath.pow((5 + length) / 6.0, lengthPenalty);
  }
}
