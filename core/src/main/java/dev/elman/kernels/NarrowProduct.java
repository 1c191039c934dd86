package dev.elman.kernels;

/** The product with a B narrower than a vector: four rows at a time, one column after the other. */
final class NarrowProduct {

  private NarrowProduct() {}

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
    int n = b.n();
    int i = 0;
    for (; i < m - 3; i += 4) {
      for (int j = 0; j < n; j++) {
        rows4(
            b.k(),
            a,
            aAt + i * aStride,
            aStride,
            b.data(),
            j,
            n,
            s,
            sAt + i * sStride + j,
            sStride,
            c,
            cAt + i * cStride + j,
            cStride);
      }
    }
    for (; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int ai = aAt + i * aStride;
        c[cAt + i * cStride + j] = sum(b.k(), a, ai, b.data(), j, n, s[sAt + i * sStride + j]);
      }
    }
  }

  static void rows4(
      int k,
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int bAt,
      int n,
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
      float t = b[bAt + j * n];
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

  static float sum(int k, float[] a, int aAt, float[] b, int bAt, int n, float start) {
    float x = start;
    for (int j = 0; j < k; j++) {
      x = Math.fma(a[aAt + j], b[bAt + j * n], x);
    }
    return x;
  }
}
