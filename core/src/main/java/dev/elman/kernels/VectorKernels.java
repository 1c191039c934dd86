package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;
import jdk.incubator.vector.FloatVector;

/** The kernels on the Vector API; the class to load last, when the module is known to be there. */
final class VectorKernels implements Kernels {

  static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  VectorKernels() {
    SmallLoops.compile();
  }

  @Override
  public String description() {
    return "vector " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + "-bit";
  }

  @Override
  public void product(
      int m, float[] a, int aAt, int aStride, Panels b, float[] c, int cAt, int cStride) {
    Product.run(m, a, aAt, aStride, b, b.zeros(), 0, 0, c, cAt, cStride);
  }

  @Override
  public void addProduct(
      int m, float[] a, int aAt, int aStride, Panels b, float[] c, int cAt, int cStride) {
    Product.run(m, a, aAt, aStride, b, c, cAt, cStride, c, cAt, cStride);
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
    Product.run(m, a, aAt, aStride, b, row, rowAt, 0, c, cAt, cStride);
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
    TransposedProduct.run(n, a, aAt, aStride, p, b, bAt, bStride, q, c, cAt, cStride, scratch);
  }

  @Override
  public void pack(float[] b, int at, int stride, int k, int n, Panels into) {
    Packing.pack(b, at, stride, k, n, into);
  }

  @Override
  public void packTransposed(float[] w, int at, int stride, int n, int k, Panels into) {
    Packing.packTransposed(w, at, stride, n, k, into);
  }

  @Override
  public byte[] packInt8(Int8Rows w) {
    return Int8RowProduct.pack(w);
  }

  @Override
  public void int8Row(int k, int n, float[] a, int aAt, byte[] codes, float[] c, int cAt) {
    Int8RowProduct.run(k, n, a, aAt, codes, c, cAt);
  }

  @Override
  public void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    VectorActivations.sigmoid(x, xAt, y, yAt, n);
  }

  @Override
  public void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    VectorActivations.tanh(x, xAt, y, yAt, n);
  }

  @Override
  public void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    VectorActivations.exp(x, xAt, y, yAt, n, 0f);
  }

  @Override
  public void softmax(int m, int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < m; i++) {
      VectorRows.softmax(n, x, xAt + i * n, y, yAt + i * n);
    }
  }

  @Override
  public void softmax(
      int m, int n, float[] x, int xAt, float[] y, int yAt, float[] logSumExp, int at) {
    for (int i = 0; i < m; i++) {
      logSumExp[at + i] = VectorRows.softmax(n, x, xAt + i * n, y, yAt + i * n);
    }
  }

  @Override
  public void addRow(int m, int n, float[] row, int rowAt, float[] y, int yAt, int yStride) {
    for (int i = 0; i < m; i++) {
      VectorRows.add(row, rowAt, y, yAt + i * yStride, n);
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
      VectorRows.add(y, yAt + i * yStride, sums, sumsAt, n);
    }
  }

  @Override
  public void axpy(float s, float[] x, int xAt, float[] y, int yAt, int n) {
    VectorRows.axpy(s, x, xAt, y, yAt, n);
  }

  @Override
  public double sumOfSquares(float[] x, int xAt, int n) {
    return VectorRows.sumOfSquares(x, xAt, n);
  }

  @Override
  public void multiply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n) {
    VectorRows.multiply(x, xAt, y, yAt, z, zAt, n);
  }

  @Override
  public void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, int n) {
    VectorRows.tanhBackward(y, yAt, dy, dyAt, n);
  }

  @Override
  public void lstmState(
      int h, float[] gates, int at, float[] previous, int p, float[] next, int c) {
    SmallLoops.Lstm.compile();
    VectorLstm.state(h, gates, at, previous, p, next, c);
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
    SmallLoops.Lstm.compile();
    VectorLstm.backward(h, gates, at, previous, p, tanh, m, dh, dhAt, dc, dcAt);
  }

  @Override
  public void gruCandidate(int h, float[] gates, int at, float[] memory, int m) {
    SmallLoops.Gru.compile();
    VectorGru.candidate(h, gates, at, memory, m);
  }

  @Override
  public void gruState(int h, float[] gates, int at, float[] previous, int p, float[] next, int c) {
    SmallLoops.Gru.compile();
    VectorGru.state(h, gates, at, previous, p, next, c);
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
    SmallLoops.Gru.compile();
    VectorGru.backward(h, gates, at, previous, p, memory, m, recurrent, recurrentAt, dh, dhAt);
  }
}
