package dev.elman.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How good forecast quantiles are: the pinball loss of each, and how often the truth falls below it
 * and into the interval between the lowest and the highest.
 *
 * <pre>{@code
 * pinball = max(q·(y - x), (q - 1)·(y - x))      for the truth y and the quantile x of level q
 * }</pre>
 *
 * <p>Sources: Koenker and Bassett 1978; coverage and width as in Gneiting and Raftery 2007.
 */
public final class QuantileErrors {
  private final List<Double> levels;
  private final double[] pinball;
  private final long[] reached;
  private long covered;
  private double width;
  private long count;

  /**
   * No errors yet.
   *
   * @param levels Q rising numbers between 0 and 1, such as 0.1, 0.5, 0.9
   */
  public QuantileErrors(List<Double> levels) {
    this.levels = List.copyOf(levels);
    double before = 0;
    for (double level : levels) {
      if (!(level > before && level < 1)) {
        throw new IllegalArgumentException(
            "quantiles: expected rising numbers between 0 and 1, got " + levels + ".");
      }
      before = level;
    }
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("quantiles: expected at least one, got none.");
    }
    pinball = new double[levels.size()];
    reached = new long[levels.size()];
  }

  /**
   * The figures of one quantile.
   *
   * @param level what it claims to be, such as 0.9
   * @param pinball mean loss, in the units of the values
   * @param reached share of the truths at or below it; equal to the level where it is honest
   */
  public record Quantile(double level, double pinball, double reached) {}

  /**
   * The figures of the interval between the lowest and the highest quantile.
   *
   * @param nominal the share that it claims to hold, such as 0.8
   * @param coverage the share of the truths that it holds, its ends included
   * @param width mean width, in the units of the values; negative where quantiles cross
   */
  public record Interval(double nominal, double coverage, double width) {}

  /**
   * Adds one value.
   *
   * @param forecasts holds the Q quantiles side by side
   * @param from where they begin
   */
  public void add(double truth, float[] forecasts, int from) {
    int last = levels.size() - 1;
    for (int q = 0; q <= last; q++) {
      double below = truth - forecasts[from + q];
      double level = levels.get(q);
      pinball[q] += Math.max(level * below, (level - 1) * below);
      reached[q] += below <= 0 ? 1 : 0;
    }
    covered += forecasts[from] <= truth && truth <= forecasts[from + last] ? 1 : 0;
    width += (double) forecasts[from + last] - forecasts[from];
    count++;
  }

  /** How many values were added. */
  public long count() {
    return count;
  }

  /** The figures of each quantile, lowest first; NaN where nothing was added. */
  public List<Quantile> quantiles() {
    return IntStream.range(0, pinball.length)
        .mapToObj(q -> new Quantile(levels.get(q), pinball[q] / count, (double) reached[q] / count))
        .toList();
  }

  /** The mean pinball loss over all quantiles. */
  public double pinball() {
    double sum = 0;
    for (double ofLevel : pinball) {
      sum += ofLevel;
    }
    return sum / pinball.length / count;
  }

  /** The figures of the interval; of no width where there is one quantile alone. */
  public Interval interval() {
    double nominal = levels.get(levels.size() - 1) - levels.get(0);
    return new Interval(nominal, (double) covered / count, width / count);
  }
}
