package dev.elman.batches;

import java.util.Arrays;

/**
 * Where the tokens of B sequences of unequal lengths stand among N rows.
 *
 * <p>Sequences are sorted by length, longest first, and packed time-major: the rows of step t are
 * contiguous, one for each of the {@code B_t} sequences still running (PyTorch's PackedSequence).
 * There is no padding, so nothing needs a mask.
 */
public final class Packing {
  private int[] room = new int[0];
  private int[] lengths = new int[0];
  private int[] starts = new int[1]; // [T + 1], the first row of each step
  private int[] reversed = new int[0]; // [N], where a row goes when every sequence is reversed
  private int sequences;
  private int steps;
  private Packing whole = this;
  private int rowsBefore;
  private int stepsBefore;

  /** An empty packing, to be set. */
  public Packing() {}

  /** The packing of sequences of given lengths, longest first. */
  public static Packing of(int... lengths) {
    Packing packing = new Packing();
    packing.set(lengths, lengths.length);
    return packing;
  }

  /** The packing of B sequences of T steps each. */
  public static Packing equal(int sequences, int steps) {
    Packing packing = new Packing();
    packing.setEqual(sequences, steps);
    return packing;
  }

  /**
   * An array of at least that many places for the lengths of the next {@link #set}. It is kept
   * here, so that a batch that is filled again and again allocates nothing.
   */
  public int[] room(int count) {
    if (room.length < count) {
      room = new int[count];
    }
    return room;
  }

  /** Takes B sequences of T steps each and keeps the buffers. */
  public void setEqual(int newSequences, int newSteps) {
    int[] equal = room(newSequences);
    Arrays.fill(equal, 0, newSequences, newSteps);
    set(equal, newSequences);
  }

  /**
   * Takes new lengths and keeps the buffers.
   *
   * @param newLengths sorted, longest first, each at least 1
   * @param count how many of them count
   * @throws IllegalArgumentException when they are not sorted, or one is below 1
   */
  public void set(int[] newLengths, int count) {
    check(newLengths, count);
    whole = this;
    rowsBefore = 0;
    stepsBefore = 0;
    if (sameAs(newLengths, count)) {
      return;
    }
    if (lengths.length < count) {
      lengths = new int[count];
    }
    System.arraycopy(newLengths, 0, lengths, 0, count);
    sequences = count;
    steps = lengths[0];
    if (starts.length < steps + 1) {
      starts = new int[steps + 1];
    }
    int running = count;
    for (int t = 0; t < steps; t++) {
      while (lengths[running - 1] <= t) {
        running--;
      }
      starts[t + 1] = starts[t] + running;
    }
    if (reversed.length < tokens()) {
      reversed = new int[tokens()];
    }
    for (int b = 0; b < count; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        reversed[starts[t] + b] = starts[lengths[b] - 1 - t] + b;
      }
    }
  }

  /**
   * Takes some steps of another packing, and of its sequences those that have any; rows stay in
   * order. Keeps the buffers.
   *
   * @param from the first step
   * @param to the step behind the last
   */
  public void setPart(Packing of, int from, int to) {
    int count = of.running(from);
    int[] left = room(count);
    for (int b = 0; b < count; b++) {
      left[b] = Math.min(of.length(b), to) - from;
    }
    set(left, count);
    whole = of.whole;
    rowsBefore = of.rowsBefore + of.start(from);
    stepsBefore = of.stepsBefore + from;
  }

  private boolean sameAs(int[] other, int count) {
    return count == sequences && Arrays.equals(other, 0, count, lengths, 0, sequences);
  }

  private static void check(int[] lengths, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Batch: expected at least one sequence, got none. Is the data empty?");
    }
    for (int b = 0; b < count; b++) {
      if (lengths[b] < 1) {
        throw new IllegalArgumentException(
            "Batch: expected sequences of at least one step, got length "
                + lengths[b]
                + ". Leave empty sequences out.");
      }
      if (b > 0 && lengths[b] > lengths[b - 1]) {
        throw new IllegalArgumentException(
            "Batch: expected sequences sorted by length, longest first, got length "
                + lengths[b]
                + " after "
                + lengths[b - 1]
                + ".");
      }
    }
  }

  /** B, the number of sequences. */
  public int sequences() {
    return sequences;
  }

  /** T, the length of the longest sequence. */
  public int steps() {
    return steps;
  }

  /** N, the sum of the lengths. */
  public int tokens() {
    return starts[steps];
  }

  /**
   * The packing that this one is a part of; itself when it is none. Whoever draws random numbers
   * for rows draws those of the whole, so that they do not depend on how it is cut.
   */
  public Packing whole() {
    return whole;
  }

  /** The row of the whole where this part begins. */
  public int rowsBefore() {
    return rowsBefore;
  }

  /** The step of the whole where this part begins. */
  public int stepsBefore() {
    return stepsBefore;
  }

  /** The first row of step t; that of step T is N. */
  public int start(int t) {
    return starts[t];
  }

  /** {@code B_t}, how many sequences have a step t. */
  public int running(int t) {
    return starts[t + 1] - starts[t];
  }

  /** The steps of sequence b. */
  public int length(int b) {
    return lengths[b];
  }

  /** The row of step t of sequence b. */
  public int row(int t, int b) {
    return starts[t] + b;
  }

  /** The row of the last step of sequence b. */
  public int lastRow(int b) {
    return row(lengths[b] - 1, b);
  }

  /** For each of N rows the row it goes to when every sequence runs backwards; shared, read it. */
  public int[] reversed() {
    return reversed;
  }
}
