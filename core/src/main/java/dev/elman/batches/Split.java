package dev.elman.batches;

import dev.elman.data.DataException;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which examples are learned from, which choose the best weights, and which only test the result.
 *
 * @param training to learn from
 * @param validation to choose by
 * @param test to be reported
 */
public record Split(int[] training, int[] validation, int[] test) {
  /**
   * The shares of validation and test; the rest is for training.
   *
   * @param validation such as 0.1
   * @param test such as 0.2
   */
  public record Shares(double validation, double test) {
    /** Checks that something is left to learn from. */
    public Shares {
      if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
        throw new IllegalArgumentException(
            "Split: expected shares from 0 that leave something to learn from, got "
                + validation
                + " for validation and "
                + test
                + " for test.");
      }
    }

    /** Where the validation part begins among n rows in the order of time. */
    public int validationStart(int n) {
      return testStart(n) - (int) Math.round(n * validation);
    }

    /** Where the test part begins among n rows in the order of time. */
    public int testStart(int n) {
      return n - (int) Math.round(n * test);
    }
  }

  /**
   * Splits the rows of a series in the order of time: the oldest are learned from, the newest test.
   *
   * @throws DataException when a part would be empty whose share is not 0
   */
  public static Split byTime(int rows, Shares shares) {
    int validation = Math.max(0, shares.validationStart(rows));
    int test = shares.testStart(rows);
    Split split =
        new Split(
            IntStream.range(0, validation).toArray(),
            IntStream.range(validation, test).toArray(),
            IntStream.range(test, rows).toArray());
    split.requireParts(
        shares,
        "something",
        "there is too little for shares of " + shares.validation() + " and " + shares.test(),
        "use more data, or choose larger shares");
    return split;
  }

  /**
   * Splits labelled sequences at random, class by class, so that each part has its share of each.
   *
   * <p>Equal sequences stay together, as one of the class of the first: what is tested was not
   * learned. A class of three different sequences or more is in every part; one of fewer is at
   * least learned from.
   *
   * @param keys a text for each sequence; equal ones are kept in one part
   * @param labels the class of each
   * @throws DataException when a part would be empty whose share is not 0
   */
  public static Split byLabel(List<String> keys, int[] labels, Shares shares, RandomStream random) {
    Shape.require(
        "Labels",
        new int[] {keys.size()},
        new int[] {labels.length},
        "Each sequence needs one label.");
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < labels.length; i++) {
      groups.computeIfAbsent(keys.get(i), key -> new ArrayList<>()).add(i);
    }
    Map<Integer, List<List<Integer>>> byClass = new LinkedHashMap<>();
    for (List<Integer> group : groups.values()) {
      byClass.computeIfAbsent(labels[group.get(0)], label -> new ArrayList<>()).add(group);
    }
    List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (List<List<Integer>> ofClass : byClass.values()) {
      int[] order = new int[ofClass.size()];
      Arrays.setAll(order, i -> i);
      random.shuffle(order);
      int[] starts = starts(order.length, shares);
      for (int i = 0; i < order.length; i++) {
        int part = i >= starts[1] ? 2 : i >= starts[0] ? 1 : 0;
        parts.get(part).addAll(ofClass.get(order[i]));
      }
    }
    Split split = new Split(sorted(parts.get(0)), sorted(parts.get(1)), sorted(parts.get(2)));
    split.requireParts(
        shares,
        "sequences of each class",
        "nearly every sequence has a class of its own, or all are equal",
        "use more sequences of each class; are the labels in the right column?");
    return split;
  }

  /** Where validation and test begin among n sequences of a class, in random order. */
  private static int[] starts(int n, Shares shares) {
    int test = n - shares.testStart(n);
    int validation = shares.testStart(n) - shares.validationStart(n);
    if (n >= 3) {
      test = Math.max(test, shares.test() > 0 ? 1 : 0);
      validation = Math.max(validation, shares.validation() > 0 ? 1 : 0);
    }
    while (test + validation >= n) { // rounding took all that there is to learn from
      if (test > validation) {
        test--;
      } else {
        validation--;
      }
    }
    return new int[] {n - test - validation, n - test};
  }

  private void requireParts(Shares shares, String what, String cause, String cure) {
    boolean complete =
        training.length > 0
            && (validation.length > 0 || shares.validation() == 0)
            && (test.length > 0 || shares.test() == 0);
    if (!complete) {
      int all = training.length + validation.length + test.length;
      throw new DataException(
          what + " in each part of the split",
          training.length
              + " of "
              + all
              + " to learn from, "
              + validation.length
              + " for validation and "
              + test.length
              + " for test",
          cause,
          cure);
    }
  }

  private static int[] sorted(List<Integer> numbers) {
    return numbers.stream().mapToInt(i -> i).sorted().toArray();
  }
}
