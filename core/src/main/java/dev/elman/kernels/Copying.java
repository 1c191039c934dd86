package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Short rows copied as vectors: System.arraycopy costs more than the few floats it moves. */
final class Copying {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private static final int PITCH = PackedTiles.PITCH;

  private Copying() {}

  /** Two vectors of each of k rows, side by side: a panel. */
  static void twoVectors(float[] b, int at, int stride, int second, int k, float[] data, int to) {
    for (int i = 0; i < k; i++) {
      int from = at + i * stride;
      FloatVector.fromArray(S, b, from).intoArray(data, to + 2 * L * i);
      FloatVector.fromArray(S, b, from + second).intoArray(data, to + 2 * L * i + L);
    }
  }

  /** One vector of each of k rows. */
  static void oneVector(float[] b, int at, int stride, int k, float[] data, int to) {
    for (int i = 0; i < k; i++) {
      FloatVector.fromArray(S, b, at + i * stride).intoArray(data, to + L * i);
    }
  }

  /**
   * Up to eight columns of k rows, eight floats to a row. Whole vectors are copied: what is more
   * than a row is overwritten by the next, so {@code data} must have room for L more.
   */
  static void columns(int columns, float[] a, int at, int stride, int k, float[] data, int to) {
    int i = 0;
    for (; i < k && at + i * stride <= a.length - Math.max(L, PITCH); i++) {
      for (int x = 0; x < PITCH; x += L) {
        FloatVector.fromArray(S, a, at + i * stride + x).intoArray(data, to + PITCH * i + x);
      }
    }
    for (; i < k; i++) {
      System.arraycopy(a, at + i * stride, data, to + PITCH * i, columns);
    }
  }
}
