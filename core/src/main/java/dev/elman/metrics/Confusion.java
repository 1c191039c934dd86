package dev.elman.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which class was taken for which: counts {@code [V, V]}, a row for each true class and a column
 * for each predicted one.
 *
 * <p>Figures as in Manning, Raghavan and Schütze 2008, sections 8.3 and 13.6. A share of nothing is
 * 0, as in scikit-learn.
 */
public final class Confusion {
  private final int[][] counts;

  /** No predictions yet, of V classes. */
  public Confusion(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("classes: expected at least 1, got " + classes + ".");
    }
    counts = new int[classes][classes];
  }

  /**
   * The figures of one class.
   *
   * @param label the class
   * @param support how often it is the truth
   * @param recall the share of them that is found (the accuracy within the class)
   * @param precision the share of its predictions that is true
   * @param f1 the harmonic mean of both
   */
  public record ClassScore(int label, long support, double recall, double precision, double f1) {}

  /** Adds a prediction. */
  public void add(int truth, int prediction) {
    require(truth);
    require(prediction);
    counts[truth][prediction]++;
  }

  private void require(int label) {
    if (label < 0 || label >= counts.length) {
      throw new IllegalArgumentException(
          "class: expected a number from 0 to " + (counts.length - 1) + ", got " + label + ".");
    }
  }

  /** V. */
  public int classes() {
    return counts.length;
  }

  /** A copy of the counts: {@code [V, V]}, the truth down, the prediction across. */
  public int[][] counts() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  /** How many predictions there are. */
  public long total() {
    return IntStream.range(0, counts.length).mapToLong(this::support).sum();
  }

  /** The share of all predictions that is right. */
  public double accuracy() {
    return share(IntStream.range(0, counts.length).mapToLong(c -> counts[c][c]).sum(), total());
  }

  /** The figures of a class. */
  public ClassScore of(int label) {
    require(label);
    long right = counts[label][label];
    long support = support(label);
    long predicted = predicted(label);
    return new ClassScore(
        label,
        support,
        share(right, support),
        share(right, predicted),
        share(2 * right, support + predicted));
  }

  /** The mean F1 of the classes that occur, as truth or prediction: rare ones count alike. */
  public double macroF1() {
    return IntStream.range(0, counts.length)
        .filter(c -> support(c) + predicted(c) > 0)
        .mapToDouble(c -> of(c).f1())
        .average()
        .orElse(0);
  }

  private long support(int label) {
    return Arrays.stream(counts[label]).asLongStream().sum();
  }

  private long predicted(int label) {
    return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
