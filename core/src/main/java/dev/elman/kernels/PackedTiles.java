package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of products: C {@code [rows, 2·L]} = start + A {@code [rows, k]} · one panel
 * of B.
 *
 * <p>L floats fill a vector. A tile of six rows and two vectors holds its twelve sums in registers
 * for the whole of k, so each number of B that is loaded is used six times; so does one of eight
 * rows where there are thirty-two registers. The smaller tiles are for the rows left over. The rows
 * of A are packed side by side, {@link #PITCH} floats from one step of the sum to the next. {@code
 * start} is zeros, a bias row (stride 0) or C itself. The second vector of C begins {@code last}
 * columns after the first: L, or less in the last panel, where the two overlap and agree, so that
 * nothing is written beyond the row.
 *
 * <p>Every sum runs over k in order, one fused multiply-add a step, in every tile alike: that is
 * why a row has the same bits whichever tile it falls into.
 *
 * <p>What a processor can decode sets the pace as much as the multiplications do, the more where
 * another thread shares its core: so, up to six rows, one loop variable that walks A, and nothing
 * computed for an index. B is walked by a second one that the JIT must not see through: were all
 * checks of indices moved out of the loop, it would load six numbers of A at once and have no
 * registers left for the sums (half the speed). With thirty-two there are, so that the tiles of
 * seven and eight, which need as many, let it: a check between the two loads of B makes it keep the
 * first in memory, in one process of three. Measure with TileSpeeds before touching it, on several
 * releases and in several processes: see docs/decisions/0008-tiles-are-timed.md.
 */
final class PackedTiles {

  /** Floats that a step of the sum takes of a packed group of rows. */
  static final int PITCH = 8;

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private PackedTiles() {}

  static void eight(
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
    FloatVector x6 = FloatVector.fromArray(S, s, sAt + 6 * sStride);
    FloatVector y6 = FloatVector.fromArray(S, s, sAt + 6 * sStride + last);
    FloatVector x7 = FloatVector.fromArray(S, s, sAt + 7 * sStride);
    FloatVector y7 = FloatVector.fromArray(S, s, sAt + 7 * sStride + last);
    int bFrom = bAt - 2 * L / PITCH * aAt;
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      int at = 2 * L / PITCH * i + bFrom;
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[i + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[i + 3]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[i + 4]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      t = FloatVector.broadcast(S, a[i + 5]);
      x5 = t.fma(u, x5);
      y5 = t.fma(v, y5);
      t = FloatVector.broadcast(S, a[i + 6]);
      x6 = t.fma(u, x6);
      y6 = t.fma(v, y6);
      t = FloatVector.broadcast(S, a[i + 7]);
      x7 = t.fma(u, x7);
      y7 = t.fma(v, y7);
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
    x6.intoArray(c, cAt + 6 * cStride);
    y6.intoArray(c, cAt + 6 * cStride + last);
    x7.intoArray(c, cAt + 7 * cStride);
    y7.intoArray(c, cAt + 7 * cStride + last);
  }

  static void seven(
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
    FloatVector x6 = FloatVector.fromArray(S, s, sAt + 6 * sStride);
    FloatVector y6 = FloatVector.fromArray(S, s, sAt + 6 * sStride + last);
    int bFrom = bAt - 2 * L / PITCH * aAt;
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      int at = 2 * L / PITCH * i + bFrom;
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[i + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[i + 3]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[i + 4]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      t = FloatVector.broadcast(S, a[i + 5]);
      x5 = t.fma(u, x5);
      y5 = t.fma(v, y5);
      t = FloatVector.broadcast(S, a[i + 6]);
      x6 = t.fma(u, x6);
      y6 = t.fma(v, y6);
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
    x6.intoArray(c, cAt + 6 * cStride);
    y6.intoArray(c, cAt + 6 * cStride + last);
  }

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
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[i + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[i + 3]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[i + 4]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      t = FloatVector.broadcast(S, a[i + 5]);
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

  static void five(
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
    int at = bAt;
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[i + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[i + 3]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(S, a[i + 4]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
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
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[i + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(S, a[i + 3]);
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
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[i + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(S, a[i + 2]);
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
    int end = aAt + PITCH * k;
    for (int i = aAt; i < end; i += PITCH) {
      FloatVector u = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.fromArray(S, b, at + L);
      FloatVector t = FloatVector.broadcast(S, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(S, a[i + 1]);
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
