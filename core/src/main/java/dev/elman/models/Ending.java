package dev.elman.models;

import dev.elman.losses.Categorical;
import dev.elman.losses.Distribution;
import dev.elman.losses.WithLength;
import dev.elman.losses.WithStop;

/**
 * How a model of sequences knows where they end (Goodfellow, Bengio and Courville 2016, 10.2.3).
 *
 * <p>The network takes a step for each row, and one more where the end or the length is said.
 */
public sealed interface Ending {
  /** What is predicted at a step: a row, and what the ending adds to it. */
  Distribution over(Distribution rows);

  /** The fewest rows that a sequence may have. */
  default int fewest() {
    return 1;
  }

  /** The most. */
  default int most() {
    return Integer.MAX_VALUE;
  }

  /** Steps of the network for a sequence of so many rows. */
  default int steps(int rows) {
    return rows;
  }

  /** The row that a step is about; -1 where the length is said, the number of rows at the end. */
  default int row(int step) {
    return step;
  }

  /** The last target of a step, in a sequence of so many rows, where the ending adds one. */
  default float said(int step, int rows) {
    return 0;
  }

  /** Columns of input that the ending needs. */
  default int inputs() {
    return 0;
  }

  /** The columns of input at a step of a sequence of so many rows. */
  default float[] input(int step, int rows) {
    return new float[0];
  }

  /** Whether what was drawn is no row, but says that the sequence is over. */
  default boolean isEnd(Distribution rows, float[] drawn) {
    return false;
  }

  /**
   * Whether the sequence is over after what was drawn.
   *
   * @param rows how many it has
   * @param length how many were said to come; 0 where nothing was
   */
  default boolean overAfter(float[] drawn, int rows, int length) {
    return false;
  }

  /** Not at all: the number of rows is given, and no part of the probability. */
  record Given() implements Ending {
    @Override
    public Distribution over(Distribution rows) {
      return rows;
    }
  }

  /** A symbol of its own after the last: V + 1 logits. The empty sequence is possible. */
  record Symbol() implements Ending {
    @Override
    public Distribution over(Distribution rows) {
      if (!(rows instanceof Categorical categorical)) {
        throw new IllegalArgumentException(
            "An end symbol: expected sequences of symbols, got "
                + rows
                + ". Rows of numbers end with a stop output or a length.");
      }
      return new Categorical(categorical.symbols() + 1);
    }

    @Override
    public int fewest() {
      return 0;
    }

    @Override
    public boolean isEnd(Distribution rows, float[] drawn) {
      return drawn[0] == rows.parameters();
    }

    @Override
    public int steps(int rows) {
      return rows + 1;
    }
  }

  /** An output at each step, the probability that its row is the last. */
  record Stop() implements Ending {
    @Override
    public Distribution over(Distribution rows) {
      return new WithStop(rows);
    }

    @Override
    public float said(int step, int rows) {
      return step == rows - 1 ? 1 : 0;
    }

    @Override
    public boolean overAfter(float[] drawn, int rows, int length) {
      return drawn[drawn.length - 1] == 1;
    }
  }

  /**
   * The length is said first, {@code P(x) = P(τ)·P(x | τ)}; then the remaining count is an input:
   * as a share of the longest, for what is far, and as {@code 1/count}, for what is near.
   *
   * @param longest the most rows of a sequence
   */
  record Length(int longest) implements Ending {
    @Override
    public Distribution over(Distribution rows) {
      return new WithLength(rows, longest);
    }

    @Override
    public int most() {
      return longest;
    }

    @Override
    public int steps(int rows) {
      return rows + 1;
    }

    @Override
    public int row(int step) {
      return step - 1;
    }

    @Override
    public float said(int step, int rows) {
      return step == 0 ? rows : 0;
    }

    @Override
    public int inputs() {
      return 2;
    }

    @Override
    public float[] input(int step, int rows) {
      float remaining = rows - row(step);
      return step == 0 ? new float[2] : new float[] {remaining / longest, 1 / remaining};
    }

    @Override
    public boolean overAfter(float[] drawn, int rows, int length) {
      return rows == length;
    }
  }
}
