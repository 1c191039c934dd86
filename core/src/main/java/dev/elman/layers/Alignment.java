package dev.elman.layers;

import dev.elman.batches.Packing;
import java.util.Arrays;

/**
 * How much each query of attention looked at each row of its memory: shares that sum to 1.
 *
 * <p>Valid until the tape that they were computed on is reset; {@link #of} copies.
 */
public final class Alignment {
  private final int[] targets; // [B], queries of each sequence
  private final int[] sources; // [B], rows of the memory that each can read
  private final int[] starts; // [B + 1], where the shares of each begin
  private final float[] shares;

  Alignment(Packing packing, Attention.Memory memory, Room room) {
    int count = packing.sequences();
    targets = new int[count];
    sources = new int[count];
    starts = new int[count + 1];
    for (int b = 0; b < count; b++) {
      targets[b] = packing.length(b);
      sources[b] = memory.packing().length(memory.places()[b]);
      starts[b + 1] = starts[b] + targets[b] * sources[b];
    }
    shares = room.of(starts[count]);
  }

  /** Gives an array of at least that many places. */
  @FunctionalInterface
  interface Room {
    float[] of(int size);
  }

  /** The shares of sequence b of the queries, {@code [its steps, steps of its source]}; copied. */
  public float[][] of(int b) {
    float[][] copy = new float[targets[b]][];
    for (int t = 0; t < copy.length; t++) {
      copy[t] = Arrays.copyOfRange(shares, at(b, t), at(b, t) + sources[b]);
    }
    return copy;
  }

  /** Where the shares of step t of sequence b begin, one for each row of its source. */
  int at(int b, int t) {
    return starts[b] + t * sources[b];
  }

  /** Rows of the memory that sequence b can read. */
  int sources(int b) {
    return sources[b];
  }

  float[] shares() {
    return shares;
  }
}
