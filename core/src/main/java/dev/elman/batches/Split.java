package dev.elman.batches;

import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
   * Splits labelled sequences at random, class by class, so that each part has its share of each.
   *
   * <p>Equal sequences stay together: what is tested was not learned.
   *
   * @param keys a text for each sequence; equal ones are kept in one part
   * @param labels the class of each
   */
  public static Split byLabel(List<String> keys, int[] labels, Shares shares, RandomStream random) {
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
      for (int i = 0; i < order.length; i++) {
        parts.get(part(i, order.length, shares)).addAll(ofClass.get(order[i]));
      }
    }
    return new Split(sorted(parts.get(0)), sorted(parts.get(1)), sorted(parts.get(2)));
  }

  private static int part(int i, int n, Shares shares) {
    return i >= shares.testStart(n) ? 2 : i >= shares.validationStart(n) ? 1 : 0;
  }

  private static int[] sorted(List<Integer> numbers) {
    return numbers.stream().mapToInt(i -> i).sorted().toArray();
  }
}
