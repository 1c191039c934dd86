package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of {@link PanelTiles} with the rows of A packed side by side: {@link #PITCH} floats
 * from one step of the sum to the next.
 *
 * <p>The same sums in the same order, so the same bits; which form the JIT makes more of depends on
 * its release. Six rows, GFLOP/s of 100 on AVX2: read as they lie, 77 (JDK 17) and 97 (JDK 25);
 * packed, 98 and 41, where it loads all six numbers first and has no registers left for the sums;
 * packed and {@link #sixApart}, 70 and 82. {@link TileProduct} and {@link TransposedProduct} time
 * them once and take the faster. Fewer rows are best packed on both.
 */
final class PackedTiles {

  /** Floats that a step of the sum takes of a packed group of rows. */
  static final int PITCH = 8;

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private PackedTiles() {}

  static void six(
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
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + last);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + sStride);
    FloatVector y1 = FloatVector.fromArray(S, s, sAt + sStride + last);
    FloatVector x2 = FloatVector.fromArray(S, s, sAt + 2 * sStride);
    FloatVector y2 = FloatVector.fromArray(S, s, sAt + 2 * sStride + last);
    FloatVector x3 = FloatVector.fromArray(S, s, sAt + 3 * sStride);
    FloatVector y3 = FloatVector.fromArray(S, s, sAt + 3 * sStride + last);
    FloatVector x4 = FloatVector.fromArray(S, s, sAt + 4 * sStride);
    FloatVector y4 = FloatVector.fromArray(S, s, sAt + 4 * sStride + last);
    FloatVector x5 = FloatVector.fromArray(S, s, sAt + 5 * sStride);
    FloatVector y5 = FloatVector.fromArray(S, s, sAt + 5 * sStride + last);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 3]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 4]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 5]);
      x5 = t.fma(u, x5);
      y5 = t.fma(v, y5);
      at += 2 * L;
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + last);
    x1.intoArray(c, cAt + cStride);
    y1.intoArray(c, cAt + cStride + last);
    x2.intoArray(c, cAt + 2 * cStride);
    y2.intoArray(c, cAt + 2 * cStride + last);
    x3.intoArray(c, cAt + 3 * cStride);
    y3.intoArray(c, cAt + 3 * cStride + last);
    x4.intoArray(c, cAt + 4 * cStride);
    y4.intoArray(c, cAt + 4 * cStride + last);
    x5.intoArray(c, cAt + 5 * cStride);
    y5.intoArray(c, cAt + 5 * cStride + last);
  }

  /** C is added to. {@code one} is 1, the distance of two rows, which the JIT must not know. */
  static void sixApart(
      int k,
      float[] a,
      int aAt,
      int one,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, c, cAt);
    FloatVector y0 = FloatVector.fromArray(S, c, cAt + last);
    FloatVector x1 = FloatVector.fromArray(S, c, cAt + cStride);
    FloatVector y1 = FloatVector.fromArray(S, c, cAt + cStride + last);
    FloatVector x2 = FloatVector.fromArray(S, c, cAt + 2 * cStride);
    FloatVector y2 = FloatVector.fromArray(S, c, cAt + 2 * cStride + last);
    FloatVector x3 = FloatVector.fromArray(S, c, cAt + 3 * cStride);
    FloatVector y3 = FloatVector.fromArray(S, c, cAt + 3 * cStride + last);
    FloatVector x4 = FloatVector.fromArray(S, c, cAt + 4 * cStride);
    FloatVector y4 = FloatVector.fromArray(S, c, cAt + 4 * cStride + last);
    FloatVector x5 = FloatVector.fromArray(S, c, cAt + 5 * cStride);
    FloatVector y5 = FloatVector.fromArray(S, c, cAt + 5 * cStride + last);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + one]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 2 * one]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 3 * one]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 4 * one]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 5 * one]);
      x5 = t.fma(u, x5);
      y5 = t.fma(v, y5);
      at += 2 * L;
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + last);
    x1.intoArray(c, cAt + cStride);
    y1.intoArray(c, cAt + cStride + last);
    x2.intoArray(c, cAt + 2 * cStride);
    y2.intoArray(c, cAt + 2 * cStride + last);
    x3.intoArray(c, cAt + 3 * cStride);
    y3.intoArray(c, cAt + 3 * cStride + last);
    x4.intoArray(c, cAt + 4 * cStride);
    y4.intoArray(c, cAt + 4 * cStride + last);
    x5.intoArray(c, cAt + 5 * cStride);
    y5.intoArray(c, cAt + 5 * cStride + last);
  }

  static void four(
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
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + last);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + sStride);
    FloatVector y1 = FloatVector.fromArray(S, s, sAt + sStride + last);
    FloatVector x2 = FloatVector.fromArray(S, s, sAt + 2 * sStride);
    FloatVector y2 = FloatVector.fromArray(S, s, sAt + 2 * sStride + last);
    FloatVector x3 = FloatVector.fromArray(S, s, sAt + 3 * sStride);
    FloatVector y3 = FloatVector.fromArray(S, s, sAt + 3 * sStride + last);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 3]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      at += 2 * L;
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + last);
    x1.intoArray(c, cAt + cStride);
    y1.intoArray(c, cAt + cStride + last);
    x2.intoArray(c, cAt + 2 * cStride);
    y2.intoArray(c, cAt + 2 * cStride + last);
    x3.intoArray(c, cAt + 3 * cStride);
    y3.intoArray(c, cAt + 3 * cStride + last);
  }

  static void three(
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
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + last);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + sStride);
    FloatVector y1 = FloatVector.fromArray(S, s, sAt + sStride + last);
    FloatVector x2 = FloatVector.fromArray(S, s, sAt + 2 * sStride);
    FloatVector y2 = FloatVector.fromArray(S, s, sAt + 2 * sStride + last);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      at += 2 * L;
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + last);
    x1.intoArray(c, cAt + cStride);
    y1.intoArray(c, cAt + cStride + last);
    x2.intoArray(c, cAt + 2 * cStride);
    y2.intoArray(c, cAt + 2 * cStride + last);
  }

  static void two(
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
      int cStride,
      int last) {
    FloatVector x0 = FloatVector.fromArray(S, s, sAt);
    FloatVector y0 = FloatVector.fromArray(S, s, sAt + last);
    FloatVector x1 = FloatVector.fromArray(S, s, sAt + sStride);
    FloatVector y1 = FloatVector.fromArray(S, s, sAt + sStride + last);
    int at = bAt;
    for (int j = 0; j < k; j++) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[PITCH * j + aAt]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[PITCH * j + aAt + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      at += 2 * L;
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + last);
    x1.intoArray(c, cAt + cStride);
    y1.intoArray(c, cAt + cStride + last);
  }
}
