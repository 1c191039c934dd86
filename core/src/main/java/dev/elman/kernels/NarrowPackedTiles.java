package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PackedTiles} for a panel one vector wide, which a row of 2·L·i + L columns has once: C
 * {@code [rows, L]}. One tile of eight rows serves all, as a few sums for nobody cost less than a
 * tile for each number of rows would take to read.
 */
final class NarrowPackedTiles {

  private static final int PITCH = PackedTiles.PITCH;

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private NarrowPackedTiles() {}

  /**
   * Sums of eight packed rows, of which as many are stored as asked for.
   *
   * @param rows 2 to 8
   */
  static void run(
      int rows,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + sStride);
    FloatVector x2 = FloatVector.fromArray(S, s, sAt + Math.min(2, rows - 1) * sStride);
    FloatVector x3 = FloatVector.fromArray(S, s, sAt + Math.min(3, rows - 1) * sStride);
    FloatVector x4 = FloatVector.fromArray(S, s, sAt + Math.min(4, rows - 1) * sStride);
    FloatVector x5 = FloatVector.fromArray(S, s, sAt + Math.min(5, rows - 1) * sStride);
    FloatVector x6 = FloatVector.fromArray(S, s, sAt + Math.min(6, rows - 1) * sStride);
    FloatVector x7 = FloatVector.fromArray(S, s, sAt + Math.min(7, rows - 1) * sStride);
    int at = bAt;
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      t = FloatVector.broadcast(S, a[i + 2]);
      x2 = t.fma(u, x2);
      t = FloatVector.broadcast(S, a[i + 3]);
      x3 = t.fma(u, x3);
      t = FloatVector.broadcast(S, a[i + 4]);
      x4 = t.fma(u, x4);
      t = FloatVector.broadcast(S, a[i + 5]);
      x5 = t.fma(u, x5);
      t = FloatVector.broadcast(S, a[i + 6]);
      x6 = t.fma(u, x6);
      t = FloatVector.broadcast(S, a[i + 7]);
      x7 = t.fma(u, x7);
      at += L;
    }
    x0.intoArray(c, cAt);
    x1.intoArray(c, cAt + cStride);
    if (rows > 2) {
      x2.intoArray(c, cAt + 2 * cStride);
    }
    if (rows > 3) {
      x3.intoArray(c, cAt + 3 * cStride);
    }
    if (rows > 4) {
      x4.intoArray(c, cAt + 4 * cStride);
    }
    if (rows > 5) {
      x5.intoArray(c, cAt + 5 * cStride);
    }
    if (rows > 6) {
      x6.intoArray(c, cAt + 6 * cStride);
    }
    if (rows > 7) {
      x7.intoArray(c, cAt + 7 * cStride);
    }
  }
}
