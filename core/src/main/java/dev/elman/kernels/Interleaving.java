package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Five to eight rows side by side, as {@link PackedTiles} reads them, or sixteen, as weights are
 * packed, without a store for each float.
 *
 * <p>Three times over, each vector of the upper half of all is interleaved with its like of the
 * lower half: that takes one bit of the row's number after the other to the lowest place of the
 * index. With vectors of 512 bits it takes less than half the time of a loop over floats, with 256
 * bits as long.
 */
final class Interleaving {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final VectorShuffle<Float> LOW = VectorShuffle.fromOp(S, i -> i / 2);
  private static final VectorShuffle<Float> HIGH = VectorShuffle.fromOp(S, i -> (i + L) / 2);
  private static final VectorMask<Float> ODD =
      VectorMask.fromLong(S, 0xAAAA_AAAA_AAAA_AAAAL >>> (64 - L));

  private static final VectorShuffle<Float> SWAPPED = VectorShuffle.fromOp(S, i -> (i + L / 2) % L);
  private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, (1L << L) - (1L << L / 2));

  /** Columns of sixteen rows: read for as long as that, they come faster from beyond the caches. */
  private static final int AT_ONCE = 256;

  private static final ThreadLocal<float[]> EIGHTS =
      ThreadLocal.withInitial(() -> new float[16 * AT_ONCE]);

  /** Whether it is faster than a loop over floats. */
  static final boolean WORTHWHILE = L == 16;

  private Interleaving() {}

  /**
   * Rows {@code [rows, k]} to {@code [k, 8]}, as many columns as fill vectors; returns how many.
   * Where there are fewer than eight rows, the last one stands for those that lack.
   *
   * @param rows 5 to 8
   */
  static int rows(int rows, int k, float[] a, int at, int stride, float[] packed, int to) {
    int at5 = at + Math.min(5, rows - 1) * stride; // the last row stands for those that lack
    int at6 = at + Math.min(6, rows - 1) * stride;
    int at7 = at + Math.min(7, rows - 1) * stride;
    int j = 0;
    for (; j <= k - L; j += L) {
      FloatVector a0 = FloatVector.fromArray(S, a, at + j);
      FloatVector a1 = FloatVector.fromArray(S, a, at + j + stride);
      FloatVector a2 = FloatVector.fromArray(S, a, at + j + 2 * stride);
      FloatVector a3 = FloatVector.fromArray(S, a, at + j + 3 * stride);
      FloatVector a4 = FloatVector.fromArray(S, a, at + j + 4 * stride);
      FloatVector a5 = FloatVector.fromArray(S, a, at5 + j);
      FloatVector a6 = FloatVector.fromArray(S, a, at6 + j);
      FloatVector a7 = FloatVector.fromArray(S, a, at7 + j);
      FloatVector b0 = a0.rearrange(LOW).blend(a4.rearrange(LOW), ODD);
      FloatVector b1 = a0.rearrange(HIGH).blend(a4.rearrange(HIGH), ODD);
      FloatVector b2 = a1.rearrange(LOW).blend(a5.rearrange(LOW), ODD);
      FloatVector b3 = a1.rearrange(HIGH).blend(a5.rearrange(HIGH), ODD);
      FloatVector b4 = a2.rearrange(LOW).blend(a6.rearrange(LOW), ODD);
      FloatVector b5 = a2.rearrange(HIGH).blend(a6.rearrange(HIGH), ODD);
      FloatVector b6 = a3.rearrange(LOW).blend(a7.rearrange(LOW), ODD);
      FloatVector b7 = a3.rearrange(HIGH).blend(a7.rearrange(HIGH), ODD);
      FloatVector c0 = b0.rearrange(LOW).blend(b4.rearrange(LOW), ODD);
      FloatVector c1 = b0.rearrange(HIGH).blend(b4.rearrange(HIGH), ODD);
      FloatVector c2 = b1.rearrange(LOW).blend(b5.rearrange(LOW), ODD);
      FloatVector c3 = b1.rearrange(HIGH).blend(b5.rearrange(HIGH), ODD);
      FloatVector c4 = b2.rearrange(LOW).blend(b6.rearrange(LOW), ODD);
      FloatVector c5 = b2.rearrange(HIGH).blend(b6.rearrange(HIGH), ODD);
      FloatVector c6 = b3.rearrange(LOW).blend(b7.rearrange(LOW), ODD);
      FloatVector c7 = b3.rearrange(HIGH).blend(b7.rearrange(HIGH), ODD);
      FloatVector d0 = c0.rearrange(LOW).blend(c4.rearrange(LOW), ODD);
      FloatVector d1 = c0.rearrange(HIGH).blend(c4.rearrange(HIGH), ODD);
      FloatVector d2 = c1.rearrange(LOW).blend(c5.rearrange(LOW), ODD);
      FloatVector d3 = c1.rearrange(HIGH).blend(c5.rearrange(HIGH), ODD);
      FloatVector d4 = c2.rearrange(LOW).blend(c6.rearrange(LOW), ODD);
      FloatVector d5 = c2.rearrange(HIGH).blend(c6.rearrange(HIGH), ODD);
      FloatVector d6 = c3.rearrange(LOW).blend(c7.rearrange(LOW), ODD);
      FloatVector d7 = c3.rearrange(HIGH).blend(c7.rearrange(HIGH), ODD);
      d0.intoArray(packed, to + 8 * j);
      d1.intoArray(packed, to + 8 * j + L);
      d2.intoArray(packed, to + 8 * j + 2 * L);
      d3.intoArray(packed, to + 8 * j + 3 * L);
      d4.intoArray(packed, to + 8 * j + 4 * L);
      d5.intoArray(packed, to + 8 * j + 5 * L);
      d6.intoArray(packed, to + 8 * j + 6 * L);
      d7.intoArray(packed, to + 8 * j + 7 * L);
    }
    return j;
  }

  /**
   * Sixteen rows {@code [16, k]} to {@code [k, 16]}, {@code width} floats from one to the next; for
   * vectors of as many floats.
   *
   * @param k 16 or more; the last columns, where they fill no vector, take some before them along
   */
  static void sixteen(int k, float[] a, int at, int stride, float[] data, int to, int width) {
    float[] eights = EIGHTS.get();
    for (int i = 0; i < k; ) {
      int from = Math.min(i, k - L);
      int columns = Math.min(AT_ONCE, (k - from) / L * L);
      rows(8, columns, a, at + from, stride, eights, 0);
      rows(8, columns, a, at + from + 8 * stride, stride, eights, 8 * AT_ONCE);
      join(columns, eights, data, to + width * from, width);
      i = from + columns;
    }
  }

  /** The first rows of eight floats beside the second, two of each at a time. */
  private static void join(int columns, float[] eights, float[] data, int to, int width) {
    for (int i = 0; i < columns; i += 2) {
      FloatVector a = FloatVector.fromArray(S, eights, 8 * i);
      FloatVector b = FloatVector.fromArray(S, eights, 8 * AT_ONCE + 8 * i);
      a.blend(b.rearrange(SWAPPED), UPPER).intoArray(data, to + width * i);
      a.rearrange(SWAPPED).blend(b, UPPER).intoArray(data, to + width * (i + 1));
    }
  }
}
