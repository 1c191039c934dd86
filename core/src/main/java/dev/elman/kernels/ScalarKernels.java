package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;
import java.util.Arrays;

/**
 * The kernels as plain loops, which run on every JVM: the bits of the vector kernels at two fifths
 * of their speed.
 */
final class ScalarKernels implements Kernels {

  private static final int TOKENS = 128; // whose rows of B stay in the second cache

  private static final ThreadLocal<Scratch> SUMS = ThreadLocal.withInitial(Scratch::new);

  @Override
  public String description() {
    return "scalar (add --add-modules jdk.incubator.vector for speed)";
  }

  @Override
  public void compile() {
    // the JIT does, by and by
  }

  @Override
  public void product(
      int m, float[] a, int aAt, int aStride, Panels b, float[] c, int cAt, int cStride) {
    Rows.zero(m, b.n(), c, cAt, cStride);
    addProduct(m, a, aAt, aStride, b, c, cAt, cStride);
  }

  @Override
  public void productPlusRow(
      int m,
      float[] a,
      int aAt,
      int aStride,
      Panels b,
      float[] row,
      int rowAt,
      float[] c,
      int cAt,
      int cStride) {
    setRow(m, b.n(), row, rowAt, c, cAt, cStride);
    addProduct(m, a, aAt, aStride, b, c, cAt, cStride);
  }

  @Override
  public void addProduct(
      int m, float[] a, int aAt, int aStride, Panels b, float[] c, int cAt, int cStride) {
    float[] sums = SUMS.get().rows(b.n());
    ScalarProduct.add(m, b.k(), b.n(), a, aAt, aStride, 1, b.rows(), c, cAt, cStride, sums);
  }

  @Override
  public void addTransposedProduct(
      int n,
      float[] a,
      int aAt,
      int aStride,
      int p,
      float[] b,
      int bAt,
      int bStride,
      int q,
      float[] c,
      int cAt,
      int cStride,
      boolean isStale,
      Scratch scratch) {
    if (isStale) {
      Rows.zero(p, q, c, cAt, cStride);
    }
    for (int from = 0; from < n; from += TOKENS) {
      int tokens = Math.min(TOKENS, n - from);
      pack(b, bAt + from * bStride, bStride, tokens, q, scratch.panels());
      float[][] rows = scratch.panels().rows();
      int at = aAt + from * aStride;
      ScalarProduct.add(p, tokens, q, a, at, 1, aStride, rows, c, cAt, cStride, scratch.rows(q));
    }
  }

  @Override
  public void pack(float[] b, int at, int stride, int k, int n, Panels into) {
    float[][] rows = into.shapeRows(k, n);
    for (int i = 0; i < k; i++) {
      System.arraycopy(b, at + i * stride, rows[i], 0, n);
    }
  }

  @Override
  public void packTransposed(
      float[] w, int at, int stride, int n, int k, Panels into, int first, int all) {
    float[][] rows = into.shapeRows(all, n);
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < n; i++) {
        rows[first + j][i] = w[at + i * stride + j];
      }
    }
  }

  @Override
  public byte[] packInt8(Int8Rows w) {
    return transposed(w);
  }

  /** The codes of W {@code [n, k]} as {@code [k, n]}. */
  static byte[] transposed(Int8Rows w) {
    int n = w.rows();
    int k = w.columns();
    byte[] transposed = new byte[n * k];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        transposed[j * n + i] = w.codes()[i * k + j];
      }
    }
    return transposed;
  }

  @Override
  public void int8Row(int k, int n, float[] a, int aAt, byte[] codes, float[] c, int cAt) {
    Arrays.fill(c, cAt, cAt + n, 0f);
    for (int j = 0; j < k; j++) {
      addCodes(a[aAt + j], codes, j * n, c, cAt, n);
    }
  }

  private static void addCodes(float s, byte[] codes, int at, float[] c, int cAt, int n) {
    for (int i = 0; i < n; i++) {
      c[cAt + i] = Math.fma(s, codes[at + i] << 24, c[cAt + i]);
    }
  }

  @Override
  public void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    Activations.sigmoid(0, n, x, xAt, y, yAt);
  }

  @Override
  public void sigmoid(int m, int n, float[] x, int xAt, int xStride) {
    for (int i = 0; i < m; i++) {
      Activations.sigmoid(0, n, x, xAt + i * xStride, x, xAt + i * xStride);
    }
  }

  @Override
  public void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    Activations.tanh(0, n, x, xAt, y, yAt);
  }

  @Override
  public void tanh(int m, int n, float[] x, int xAt, int xStride) {
    for (int i = 0; i < m; i++) {
      Activations.tanh(0, n, x, xAt + i * xStride, x, xAt + i * xStride);
    }
  }

  @Override
  public void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    Activations.exp(0, n, x, xAt, y, yAt, 0);
  }

  @Override
  public void softmax(int m, int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < m; i++) {
      Rows.softmax(n, x, xAt + i * n, y, yAt + i * n);
    }
  }

  @Override
  public void softmax(
      int m, int n, float[] x, int xAt, float[] y, int yAt, float[] logSumExp, int at) {
    for (int i = 0; i < m; i++) {
      logSumExp[at + i] = Rows.softmax(n, x, xAt + i * n, y, yAt + i * n);
    }
  }

  @Override
  public void addRow(int m, int n, float[] row, int rowAt, float[] y, int yAt, int yStride) {
    for (int i = 0; i < m; i++) {
      Rows.add(0, n, row, rowAt, y, yAt + i * yStride);
    }
  }

  @Override
  public void setRow(int m, int n, float[] row, int rowAt, float[] y, int yAt, int yStride) {
    for (int i = 0; i < m; i++) {
      System.arraycopy(row, rowAt, y, yAt + i * yStride, n);
    }
  }

  @Override
  public void addColumnSums(
      int m, int n, float[] y, int yAt, int yStride, float[] sums, int sumsAt) {
    for (int i = 0; i < m; i++) {
      Rows.add(0, n, y, yAt + i * yStride, sums, sumsAt);
    }
  }

  @Override
  public void axpy(float s, float[] x, int xAt, float[] y, int yAt, int n) {
    Rows.axpy(0, n, s, x, xAt, y, yAt);
  }

  @Override
  public void scale(float s, float[] x, int xAt, float[] y, int yAt, int n) {
    Rows.scale(0, n, s, x, xAt, y, yAt);
  }

  @Override
  public double sum(float[] x, int xAt, int n) {
    return Rows.sum(x, xAt, n);
  }

  @Override
  public double sumOfSquares(float[] x, int xAt, int n) {
    return Rows.sumOfSquares(x, xAt, n);
  }

  @Override
  public void multiply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n) {
    Gates.multiply(0, n, x, xAt, y, yAt, z, zAt);
  }

  @Override
  public void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, int n) {
    Gates.tanhBackward(0, n, y, yAt, dy, dyAt);
  }

  @Override
  public void lstmState(
      int m, int h, float[] gates, int at, float[] previous, int p, float[] next, int c) {
    for (int i = 0; i < m; i++) {
      int row = i * h;
      Gates.lstmState(0, h, h, gates, at + 4 * row, previous, p + row, next, c + row);
    }
  }

  @Override
  public void lstmOutput(
      int m, int h, float[] gates, int at, float[] tanh, int t, float[] next, int n) {
    for (int i = 0; i < m; i++) {
      int row = i * h;
      Gates.multiply(0, h, gates, at + 4 * row + 3 * h, tanh, t + row, next, n + row);
    }
  }

  @Override
  public void lstmBackward(
      int m,
      int h,
      float[] gates,
      int at,
      float[] previous,
      int p,
      float[] tanh,
      int t,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt) {
    for (int i = 0; i < m; i++) {
      int row = i * h;
      int gate = at + 4 * row;
      Gates.lstmBackward(
          0, h, h, gates, gate, previous, p + row, tanh, t + row, dh, dhAt + row, dc, dcAt + row);
    }
  }

  @Override
  public void gruCandidate(int m, int h, float[] gates, int at, float[] memory, int k) {
    for (int i = 0; i < m; i++) {
      Gates.gruCandidate(0, h, h, gates, at + 3 * i * h, memory, k + i * h);
    }
  }

  @Override
  public void gruState(
      int m, int h, float[] gates, int at, float[] previous, int p, float[] next, int c) {
    for (int i = 0; i < m; i++) {
      int row = i * h;
      Gates.gruState(0, h, h, gates, at + 3 * row, previous, p + row, next, c + row);
    }
  }

  @Override
  public void gruBackward(
      int m,
      int h,
      float[] gates,
      int at,
      float[] previous,
      int p,
      float[] memory,
      int k,
      float[] recurrent,
      int recurrentAt,
      float[] dh,
      int dhAt) {
    for (int i = 0; i < m; i++) {
      int row = i * h;
      int gate = at + 3 * row;
      int apart = recurrentAt + 3 * row;
      Gates.gruBackward(
          0,
          h,
          h,
          gates,
          gate,
          previous,
          p + row,
          memory,
          k + row,
          recurrent,
          apart,
          dh,
          dhAt + row);
    }
  }
}
