package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;
import java.util.List;
import java.util.concurrent.Executor;
import jdk.incubator.vector.FloatVector;

/** The kernels on the Vector API; the class to load last, when the module is known to be there. */
final class VectorKernels implements Kernels {

  static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /**
   * A product of so many terms, a hundredth of a second for plain loops, waits for the vector loops
   * in place of going ahead without them.
   */
  private static final long LARGE = 1 << 24;

  private static final ScalarKernels PLAIN = new ScalarKernels(); // until loops are compiled

  private final Loops rows;
  private final Loops lstm;
  private final Loops gru;
  private final Loops int8;
  private final Loops rowProduct;
  private final Loops tileProduct;

  /**
   * Kernels whose loops are compiled when they are first used; until then plain loops do.
   *
   * @param compiling runs what compiles them: {@code Runnable::run}, and there are no plain loops
   */
  VectorKernels(Executor compiling) {
    rows = new Loops(SmallLoops::compile, compiling);
    lstm = new Loops(SmallLoops.Lstm::compile, compiling);
    gru = new Loops(SmallLoops.Gru::compile, compiling);
    int8 = new Loops(SmallLoops.Int8::compile, compiling);
    rowProduct = new Loops(RowProduct::compile, compiling);
    tileProduct = new Loops(TileProduct::compile, compiling);
  }

  @Override
  public String description() {
    return "vector " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + "-bit";
  }

  @Override
  public void compile() {
    for (Loops loops : List.of(rows, lstm, gru, int8, rowProduct, tileProduct)) {
      loops.compile();
    }
  }

  @Override
  public void product(
      int m, float[] a, int aAt, int aStride, Panels b, float[] c, int cAt, int cStride) {
    run(m, a, aAt, aStride, b, b.zeros(), 0, 0, c, cAt, cStride);
  }

  @Override
  public void addProduct(
      int m, float[] a, int aAt, int aStride, Panels b, float[] c, int cAt, int cStride) {
    run(m, a, aAt, aStride, b, c, cAt, cStride, c, cAt, cStride);
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
    run(m, a, aAt, aStride, b, row, rowAt, 0, c, cAt, cStride);
  }

  @Override
  public void joinedProductPlusRow(
      int m,
      float[] a,
      int aAt,
      int aColumns,
      float[] more,
      int moreAt,
      int moreColumns,
      Panels b,
      float[] row,
      int rowAt,
      float[] c,
      int cAt,
      int cStride) {
    if (m > 1 && b.n() >= LANES && isReady(tileProduct, m, b)) {
      TileProduct.run(
          m, a, aAt, aColumns, more, moreAt, moreColumns, b, row, rowAt, 0, c, cAt, cStride);
    } else {
      Kernels.super.joinedProductPlusRow(
          m, a, aAt, aColumns, more, moreAt, moreColumns, b, row, rowAt, c, cAt, cStride);
    }
  }

  private static boolean isReady(Loops loops, int m, Panels b) {
    if ((long) m * b.k() * b.n() >= LARGE) {
      loops.compile();
    }
    return loops.areCompiled();
  }

  private void run(
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
    if (isReady(m == 1 ? rowProduct : tileProduct, m, b)) {
      Product.run(m, a, aAt, aStride, b, s, sAt, sStride, c, cAt, cStride);
    } else {
      PlainProduct.run(m, a, aAt, aStride, b, s, sAt, sStride, c, cAt, cStride);
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
      boolean isStale,
      Scratch scratch) {
    tileProduct.compile(); // who trains has work for longer than that takes
    rows.compile();
    TransposedProduct.run(
        n, a, aAt, aStride, p, b, bAt, bStride, q, c, cAt, cStride, isStale, scratch);
  }

  @Override
  public void pack(float[] b, int at, int stride, int k, int n, Panels into) {
    Packing.pack(b, at, stride, k, n, into);
  }

  @Override
  public void packTransposed(
      float[] w, int at, int stride, int n, int k, Panels into, int first, int all) {
    boolean byVectors = tileProduct.areCompiledAlready();
    Packing.packTransposed(byVectors, w, at, stride, n, k, into, first, all);
  }

  @Override
  public byte[] packInt8(Int8Rows w) {
    return Int8RowProduct.pack(w);
  }

  @Override
  public void int8Row(int k, int n, float[] a, int aAt, byte[] codes, float[] c, int cAt) {
    Int8RowProduct.run(int8.areCompiled(), k, n, a, aAt, codes, c, cAt);
  }

  @Override
  public void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
    if (fillsVectors(n)) {
      VectorActivations.sigmoid(1, n, x, xAt, 0, y, yAt, 0);
    } else {
      Activations.sigmoid(0, n, x, xAt, y, yAt);
    }
  }

  @Override
  public void sigmoid(int m, int n, float[] x, int xAt, int xStride) {
    if (fillsVectors(n)) {
      VectorActivations.sigmoid(m, n, x, xAt, xStride, x, xAt, xStride);
    } else {
      PLAIN.sigmoid(m, n, x, xAt, xStride);
    }
  }

  @Override
  public void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
    if (fillsVectors(n)) {
      VectorActivations.tanh(1, n, x, xAt, 0, y, yAt, 0);
    } else {
      Activations.tanh(0, n, x, xAt, y, yAt);
    }
  }

  @Override
  public void tanh(int m, int n, float[] x, int xAt, int xStride) {
    if (fillsVectors(n)) {
      VectorActivations.tanh(m, n, x, xAt, xStride, x, xAt, xStride);
    } else {
      PLAIN.tanh(m, n, x, xAt, xStride);
    }
  }

  @Override
  public void exp(float[] x, int xAt, float[] y, int yAt, int n) {
    if (fillsVectors(n)) {
      VectorActivations.exp(x, xAt, y, yAt, n, 0f);
    } else {
      Activations.exp(0, n, x, xAt, y, yAt, 0f);
    }
  }

  @Override
  public void softmax(int m, int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < m; i++) {
      softmax(n, x, xAt + i * n, y, yAt + i * n);
    }
  }

  @Override
  public void softmax(
      int m, int n, float[] x, int xAt, float[] y, int yAt, float[] logSumExp, int at) {
    for (int i = 0; i < m; i++) {
      logSumExp[at + i] = softmax(n, x, xAt + i * n, y, yAt + i * n);
    }
  }

  /**
   * Whether rows of n numbers fill a vector, and its loops are compiled. Shorter ones would pay for
   * vectors of constants that they do not use.
   */
  private boolean fillsVectors(int n) {
    return n >= LANES && rows.areCompiled();
  }

  private float softmax(int n, float[] x, int xAt, float[] y, int yAt) {
    return fillsVectors(n)
        ? VectorRows.softmax(n, x, xAt, y, yAt)
        : Rows.softmax(n, x, xAt, y, yAt);
  }

  @Override
  public void addRow(int m, int n, float[] row, int rowAt, float[] y, int yAt, int yStride) {
    for (int i = 0; i < m; i++) {
      add(row, rowAt, y, yAt + i * yStride, n);
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
      add(y, yAt + i * yStride, sums, sumsAt, n);
    }
  }

  private void add(float[] x, int xAt, float[] y, int yAt, int n) {
    if (rows.areCompiled()) {
      VectorRows.add(x, xAt, y, yAt, n);
    } else {
      Rows.add(0, n, x, xAt, y, yAt);
    }
  }

  @Override
  public void axpy(float s, float[] x, int xAt, float[] y, int yAt, int n) {
    if (rows.areCompiled()) {
      VectorRows.axpy(s, x, xAt, y, yAt, n);
    } else {
      Rows.axpy(0, n, s, x, xAt, y, yAt);
    }
  }

  @Override
  public void scale(float s, float[] x, int xAt, float[] y, int yAt, int n) {
    if (rows.areCompiled()) {
      VectorRows.scale(s, x, xAt, y, yAt, n);
    } else {
      Rows.scale(0, n, s, x, xAt, y, yAt);
    }
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
    if (rows.areCompiled()) {
      VectorRows.multiply(x, xAt, y, yAt, z, zAt, n);
    } else {
      Gates.multiply(0, n, x, xAt, y, yAt, z, zAt);
    }
  }

  @Override
  public void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, int n) {
    if (rows.areCompiled()) {
      VectorRows.tanhBackward(y, yAt, dy, dyAt, n);
    } else {
      Gates.tanhBackward(0, n, y, yAt, dy, dyAt);
    }
  }

  @Override
  public void lstmState(
      int m, int h, float[] gates, int at, float[] previous, int p, float[] next, int c) {
    if (lstm.areCompiled()) {
      VectorLstm.state(m, h, gates, at, previous, p, next, c);
    } else {
      PLAIN.lstmState(m, h, gates, at, previous, p, next, c);
    }
  }

  @Override
  public void lstmOutput(
      int m, int h, float[] gates, int at, float[] tanh, int t, float[] next, int n) {
    if (lstm.areCompiled()) {
      VectorLstm.output(m, h, gates, at, tanh, t, next, n);
    } else {
      PLAIN.lstmOutput(m, h, gates, at, tanh, t, next, n);
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
    lstm.compile();
    VectorLstm.backward(m, h, gates, at, previous, p, tanh, t, dh, dhAt, dc, dcAt);
  }

  @Override
  public void gruCandidate(int m, int h, float[] gates, int at, float[] memory, int k) {
    if (gru.areCompiled()) {
      VectorGru.candidate(m, h, gates, at, memory, k);
    } else {
      PLAIN.gruCandidate(m, h, gates, at, memory, k);
    }
  }

  @Override
  public void gruState(
      int m, int h, float[] gates, int at, float[] previous, int p, float[] next, int c) {
    if (gru.areCompiled()) {
      VectorGru.state(m, h, gates, at, previous, p, next, c);
    } else {
      PLAIN.gruState(m, h, gates, at, previous, p, next, c);
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
    gru.compile();
    VectorGru.backward(m, h, gates, at, previous, p, memory, k, recurrent, recurrentAt, dh, dhAt);
  }
}
