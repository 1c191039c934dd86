package dev.elman.baselines;

import dev.elman.batches.Values;
import dev.elman.tensor.Shape;
import java.util.List;

/**
 * The classifier that says of a sequence of numbers what the most similar known one is.
 *
 * <p>Sequences are first made equally long: {@value #STEPS} steps by linear interpolation, the
 * first and the last kept. Similar is what has the smallest Euclidean distance over all steps and
 * inputs; the first known one among equals. Inputs should be scaled alike before. Source: the
 * one-nearest-neighbour floor of the UCR archive of time series; the resampling is ours.
 */
public final class NearestNeighbour {
  /** To how many steps sequences are resampled. */
  public static final int STEPS = 16;

  private final float[][] known; // [sequences][STEPS * D]
  private final int[] labels;

  private NearestNeighbour(float[][] known, int[] labels) {
    this.known = known;
    this.labels = labels;
  }

  /**
   * Remembers labelled sequences.
   *
   * @param sequences rows of D numbers, at least one sequence and one row in each
   * @param labels the class of each
   */
  public static NearestNeighbour of(List<Values.Numbers> sequences, int[] labels) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("sequences: expected at least one, got none.");
    }
    Shape.require(
        "Labels",
        new int[] {sequences.size()},
        new int[] {labels.length},
        "Each sequence needs one label.");
    float[][] known = sequences.stream().map(NearestNeighbour::resampled).toArray(float[][]::new);
    return new NearestNeighbour(known, labels.clone());
  }

  /** The class of the nearest known sequence. */
  public int classify(Values.Numbers sequence) {
    float[] asked = resampled(sequence);
    int nearest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < known.length; i++) {
      double distance = squaredDistance(known[i], asked);
      if (distance < smallest) {
        smallest = distance;
        nearest = i;
      }
    }
    return labels[nearest];
  }

  private static double squaredDistance(float[] a, float[] b) {
    Shape.requireColumns(
        "NearestNeighbour", a.length / STEPS, b.length / STEPS, "Give the inputs it was made of.");
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Row-major {@code [STEPS, D]}. */
  static float[] resampled(Values.Numbers sequence) {
    int d = sequence.columns();
    int last = sequence.rows() - 1;
    float[] from = sequence.array();
    float[] to = new float[STEPS * d];
    for (int t = 0; t < STEPS; t++) {
      int before = t * last / (STEPS - 1);
      int after = Math.min(before + 1, last);
      double part = (t * last % (STEPS - 1)) / (double) (STEPS - 1);
      for (int c = 0; c < d; c++) {
        float left = from[before * d + c];
        to[t * d + c] = (float) (left + part * (from[after * d + c] - left));
      }
    }
    return to;
  }
}
