package dev.elman.baselines;

/**
 * The classifier that always says the class it has seen most often (scikit-learn's dummy
 * classifier, ZeroR of Weka).
 *
 * @param label the class, from 0 to V - 1
 * @param share of the training examples that have it, from 0 to 1
 */
public record MostFrequentClass(int label, double share) {
  /**
   * Counts the classes of the training part.
   *
   * @param labels the class of each example
   * @param classes V
   * @return the smallest label among equals
   */
  public static MostFrequentClass of(int[] labels, int classes) {
    if (labels.length == 0) {
      throw new IllegalArgumentException("labels: expected at least one, got none.");
    }
    int[] counts = new int[classes];
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "labels: expected numbers from 0 to " + (classes - 1) + ", got " + label + ".");
      }
      counts[label]++;
    }
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = counts[c] > counts[best] ? c : best;
    }
    return new MostFrequentClass(best, (double) counts[best] / labels.length);
  }

  /** The share of some examples, such as the test part, that it is right about. */
  public double accuracy(int[] labels) {
    int right = 0;
    for (int l : labels) {
      right += l == label ? 1 : 0;
    }
    return (double) right / labels.length;
  }
}
