package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;
import java.util.Arrays;

/** The kernels as plain loops: they run on every JVM, and the vector kernels are held to them. */
final class ScalarKernels implements Kernels {

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
    for (int i = 0; i < m; i++) {
      Arrays.fill(c, cAt + i * cStride, cAt + i * cStride + b.n(), 0f);
    }
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
    int n = b.n();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < b.k(); j++) {
        axpy(a[aAt + i * aStride + j], b.data(), j * n, c, cAt + i * cStride, n);
      }
    }
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
      Scratch scratch) {
    for (int i = 0; i < p; i++) {
      for (int token = 0; token < n; token++) {
        float s = a[aAt + token * aStride + i];
        axpy(s, b, bAt + token * bStride, c, cAt + i * cStride, q);
      }
    }
  }

  @Override
  public void pack(float[] b, int at, int stride, int k, int n, Panels into) {
    float[] data = into.shape(k, n, n);
    for (int i = 0; i < k; i++) {
      System.arraycopy(b, at + i * stride, data, i * n, n);
    }
  }

  @Override
  public void packTransposed(float[] w, int at, int stride, int n, int k, Panels into) {
    float[] data = into.shape(k, n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        data[j * n + i] = w[at + i * stride + j];
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
      c[cAt + i] += s * (codes[at + i] << 24);
    }
  }

  @Override
  public void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) (1 / (1 + StrictMath.exp(-x[xAt + i])));
    }
  }

  @Override
  public void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) StrictMath.tanh(x[xAt + i]);
    }
  }

  @Override
  public void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) StrictMath.exp(x[xAt + i]);
    }
  }

  @Override
  public void softmax(int m, int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < m; i++) {
      softmaxRow(n, x, xAt + i * n, y, yAt + i * n);
    }
  }

  @Override
  public void softmax(
      int m, int n, float[] x, int xAt, float[] y, int yAt, float[] logSumExp, int at) {
    for (int i = 0; i < m; i++) {
      logSumExp[at + i] = softmaxRow(n, x, xAt + i * n, y, yAt + i * n);
    }
  }

  private static float softmaxRow(int n, float[] x, int xAt, float[] y, int yAt) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, x[xAt + j]);
    }
    double sum = 0;
    for (int j = 0; j < n; j++) {
      float e = (float) StrictMath.exp(x[xAt + j] - max);
      y[yAt + j] = e;
      sum += e;
    }
    for (int j = 0; j < n; j++) {
      y[yAt + j] = (float) (y[yAt + j] / sum);
    }
    return (float) (max + StrictMath.log(sum));
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
  public double sumOfSquares(float[] x, int xAt, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) x[xAt + i] * x[xAt + i];
    }
    return sum;
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
      int h, float[] gates, int at, float[] previous, int p, float[] next, int c) {
    Gates.lstmState(0, h, h, gates, at, previous, p, next, c);
  }

  @Override
  public void lstmBackward(
      int h,
      float[] gates,
      int at,
      float[] previous,
      int p,
      float[] tanh,
      int m,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt) {
    Gates.lstmBackward(0, h, h, gates, at, previous, p, tanh, m, dh, dhAt, dc, dcAt);
  }

  @Override
  public void gruCandidate(int h, float[] gates, int at, float[] memory, int m) {
    Gates.gruCandidate(0, h, h, gates, at, memory, m);
  }

  @Override
  public void gruState(int h, float[] gates, int at, float[] previous, int p, float[] next, int c) {
    Gates.gruState(0, h, h, gates, at, previous, p, next, c);
  }

  @Override
  public void gruBackward(
      int h,
      float[] gates,
      int at,
      float[] previous,
      int p,
      float[] memory,
      int m,
      float[] recurrent,
      int recurrentAt,
      float[] dh,
      int dhAt) {
    Gates.gruBackward(0, h, h, gates, at, previous, p, memory, m, recurrent, recurrentAt, dh, dhAt);
  }
}
