package dev.elman.kernels;

/**
 * The product one number at a time: with a B narrower than a vector, and with any other until the
 * vector loops are compiled, to the same bits. Four sums stand side by side, of four rows or of
 * four columns, so that none waits for itself.
 */
final class PlainProduct {

  private static final int L = VectorKernels.LANES;

  private PlainProduct() {}

  /** {@code C = start + A·B}; row i of the start is at {@code sAt + i·sStride}. */
  static void run(
      int m,
      float[] a,
      int aAt,
      int aStride,
      Panels b,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    int k = b.k();
    int n = b.n();
    for (int j = 0; j < n; ) {
      int width = Packing.panelWidth(n - j);
      int columns = Math.min(width, n - j);
      int first = Math.min(L, columns);
      int second = columns - first; // the last of the panel: its vectors may overlap
      int at = b.at(j, width);
      int x = j + first;
      vector(first, m, k, a, aAt, aStride, b, at, width, s, sAt + j, sStride, c, cAt + j, cStride);
      at += width - second;
      vector(second, m, k, a, aAt, aStride, b, at, width, s, sAt + x, sStride, c, cAt + x, cStride);
      j += width;
    }
  }

  private static void vector(
      int columns,
      int m,
      int k,
      float[] a,
      int aAt,
      int aStride,
      Panels panels,
      int bAt,
      int width,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    float[] b = panels.data();
    int i = 0;
    for (; i < m - 3; i += 4) {
      int ai = aAt + i * aStride;
      for (int j = 0; j < columns; j++) {
        int si = sAt + i * sStride + j;
        int ci = cAt + i * cStride + j;
        rows4(k, a, ai, aStride, b, bAt + j, width, s, si, sStride, c, ci, cStride);
      }
    }
    for (; i < m; i++) {
      int ai = aAt + i * aStride;
      int si = sAt + i * sStride;
      int ci = cAt + i * cStride;
      int j = 0;
      for (; j < columns - 3; j += 4) {
        columns4(k, a, ai, b, bAt + j, width, s, si + j, c, ci + j);
      }
      for (; j < columns; j++) {
        c[ci + j] = sum(k, a, ai, b, bAt + j, width, s[si + j]);
      }
    }
  }

  private static void rows4(
      int k,
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int bAt,
      int width,
      float[] s,
      int sAt,
      int sStride,
      float[] c,
      int cAt,
      int cStride) {
    int a1 = a0 + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    float x0 = s[sAt];
    float x1 = s[sAt + sStride];
    float x2 = s[sAt + 2 * sStride];
    float x3 = s[sAt + 3 * sStride];
    for (int j = 0; j < k; j++) {
      float t = b[bAt + j * width];
      x0 = Math.fma(a[a0 + j], t, x0);
      x1 = Math.fma(a[a1 + j], t, x1);
      x2 = Math.fma(a[a2 + j], t, x2);
      x3 = Math.fma(a[a3 + j], t, x3);
    }
    c[cAt] = x0;
    c[cAt + cStride] = x1;
    c[cAt + 2 * cStride] = x2;
    c[cAt + 3 * cStride] = x3;
  }

  private static void columns4(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int width,
      float[] s,
      int sAt,
      float[] c,
      int cAt) {
    float x0 = s[sAt];
    float x1 = s[sAt + 1];
    float x2 = s[sAt + 2];
    float x3 = s[sAt + 3];
    for (int j = 0; j < k; j++) {
      float t = a[aAt + j];
      int at = bAt + j * width;
      x0 = Math.fma(t, b[at], x0);
      x1 = Math.fma(t, b[at + 1], x1);
      x2 = Math.fma(t, b[at + 2], x2);
      x3 = Math.fma(t, b[at + 3], x3);
    }
    c[cAt] = x0;
    c[cAt + 1] = x1;
    c[cAt + 2] = x2;
    c[cAt + 3] = x3;
  }

  private static float sum(int k, float[] a, int aAt, float[] b, int bAt, int width, float start) {
    float x = start;
    for (int j = 0; j < k; j++) {
      x = Math.fma(a[aAt + j], b[bAt + j * width], x);
    }
    return x;
  }
}
