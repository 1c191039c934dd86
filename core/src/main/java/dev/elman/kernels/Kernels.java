package dev.elman.kernels;

import dev.elman.tensor.Int8Rows;

/**
 * The arithmetic that everything else is made of: matrix products, activations and reductions.
 *
 * <p>All matrices are row-major {@code float[]} with an offset {@code At} of their first element
 * and a {@code Stride} from one row to the next, so that a gate, a time step or a shard is worked
 * on where it lies. Nothing is checked beyond what the JVM checks: callers know their shapes.
 *
 * <p>The same input gives the same bits: interpreted or compiled, at any vector width, on any
 * thread. A row of a product is the same whatever rows stand beside it, so a batch equals each of
 * its sequences alone. NaN stays NaN and infinities go to their limits, so divergence is seen.
 *
 * <p>Stateless and safe for many threads; nothing is allocated once {@link Panels} and {@link
 * Scratch} have grown to their sizes. The system property {@code elman.kernels} ({@code vector} or
 * {@code scalar}) overrides the choice of {@link #get}.
 */
public interface Kernels {

  /** The fastest kernels that this JVM can run, chosen once. */
  static Kernels get() {
    return KernelChoice.CHOSEN;
  }

  /** What was chosen, in one line, with the cure where it is slow. */
  String description();

  /**
   * Returns when they are as fast as they will be, for those who measure time. Others need not call
   * it: as long as vector loops are being compiled, plain ones compute the same bits.
   */
  void compile();

  /** {@code C = A·B}, A {@code [m, k]}, B {@code [k, n]} in panels, C {@code [m, n]}. */
  void product(int m, float[] a, int aAt, int aStride, Panels b, float[] c, int cAt, int cStride);

  /** {@code C += A·B}, A {@code [m, k]}, B {@code [k, n]} in panels, C {@code [m, n]}. */
  void addProduct(
      int m, float[] a, int aAt, int aStride, Panels b, float[] c, int cAt, int cStride);

  /**
   * {@code C = A·B + row}: the product of a dense layer, the bias {@code [n]} added to each row.
   *
   * <p>The same bits as {@link #setRow} followed by {@link #addProduct}, in one pass over C.
   */
  void productPlusRow(
      int m,
      float[] a,
      int aAt,
      int aStride,
      Panels b,
      float[] row,
      int rowAt,
      float[] c,
      int cAt,
      int cStride);

  /**
   * {@code C = [A | more]·B + row}: the product of an input and a state, whose rows lie side by
   * side without gaps, A's before those of {@code more}. The same bits as {@link #productPlusRow}
   * with A followed by {@link #addProduct} with {@code more}, in one pass over C.
   *
   * @param b {@code [aColumns + moreColumns, n]}
   */
  default void joinedProductPlusRow(
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
    float[] both = Joined.rows(m, a, aAt, aColumns, more, moreAt, moreColumns);
    productPlusRow(m, both, 0, b.k(), b, row, rowAt, c, cAt, cStride);
  }

  /**
   * The weight gradient {@code C += Aᵀ·B}: A {@code [n, p]}, B {@code [n, q]}, C {@code [p, q]}.
   *
   * @param isStale whether what C holds is left over and stands for zeros
   */
  void addTransposedProduct(
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
      Scratch scratch);

  /** Packs B {@code [k, n]}. */
  void pack(float[] b, int at, int stride, int k, int n, Panels into);

  /** Packs the transpose of W {@code [n, k]}, as {@code x·Wᵀ} needs it: into is {@code [k, n]}. */
  default void packTransposed(float[] w, int at, int stride, int n, int k, Panels into) {
    packTransposed(w, at, stride, n, k, into, 0, k);
  }

  /** The same to k rows of {@code all}, from {@code first} on: another weight has the others. */
  void packTransposed(float[] w, int at, int stride, int n, int k, Panels into, int first, int all);

  /** The codes of W {@code [n, k]} in the order in which {@link #int8Row} reads them. */
  byte[] packInt8(Int8Rows w);

  /**
   * {@code C = A·Wᵀ·2^24} for one row A {@code [k]} and the codes of W {@code [n, k]}, C {@code
   * [n]}: the same bits as {@link #product} with the codes as floats, 2^24 times too large.
   *
   * @param codes from {@link #packInt8}
   */
  void int8Row(int k, int n, float[] a, int aAt, byte[] codes, float[] c, int cAt);

  /** {@code y = 1 / (1 + exp(-x))}; y may be x itself. */
  void sigmoid(float[] x, int xAt, float[] y, int yAt, int n);

  /** {@code x = 1 / (1 + exp(-x))} for m rows of width n. */
  void sigmoid(int m, int n, float[] x, int xAt, int xStride);

  /** {@code y = tanh(x)}; y may be x itself. */
  void tanh(float[] x, int xAt, float[] y, int yAt, int n);

  /** {@code x = tanh(x)} for m rows of width n. */
  void tanh(int m, int n, float[] x, int xAt, int xStride);

  /** {@code y = exp(x)}; y may be x itself. */
  void exp(float[] x, int xAt, float[] y, int yAt, int n);

  /** {@code y[i] = softmax(x[i])} for each row of {@code [m, n]}, stride n; y may be x itself. */
  void softmax(int m, int n, float[] x, int xAt, float[] y, int yAt);

  /**
   * The softmax of each row of {@code [m, n]} and {@code logSumExp[i] = log Σ exp(x[i])}.
   *
   * <p>Cross-entropy is {@code logSumExp[i] - x[i, target]}, its gradient the softmax less one at
   * the target. y may be x itself.
   */
  void softmax(int m, int n, float[] x, int xAt, float[] y, int yAt, float[] logSumExp, int at);

  /** {@code y[i] += row} for each of m rows of width n. */
  void addRow(int m, int n, float[] row, int rowAt, float[] y, int yAt, int yStride);

  /** {@code y[i] = row} for each of m rows of width n. */
  void setRow(int m, int n, float[] row, int rowAt, float[] y, int yAt, int yStride);

  /** {@code sums += Σ y[i]}, rows added first to last: the gradient of a bias. */
  void addColumnSums(int m, int n, float[] y, int yAt, int yStride, float[] sums, int sumsAt);

  /** {@code y += s·x}. */
  void axpy(float s, float[] x, int xAt, float[] y, int yAt, int n);

  /** {@code y = s·x}; y may be x itself. */
  void scale(float s, float[] x, int xAt, float[] y, int yAt, int n);

  /** {@code Σ x} in double precision, in a fixed order. */
  double sum(float[] x, int xAt, int n);

  /** {@code Σ x²} in double precision, in a fixed order. */
  double sumOfSquares(float[] x, int xAt, int n);

  /** {@code z = x·y}, element by element. */
  void multiply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n);

  /** {@code y = dy·(1 - y²)}: the blame on x of {@code y = tanh(x)}. */
  void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, int n);

  /**
   * An LSTM's {@code c = f·c' + i·g} for m tokens of h units. The gates i f g o of a token stand
   * side by side, tokens one below the other.
   */
  void lstmState(int m, int h, float[] gates, int at, float[] previous, int p, float[] next, int c);

  /** An LSTM's {@code h = o·tanh(c)}. */
  void lstmOutput(int m, int h, float[] gates, int at, float[] tanh, int t, float[] next, int n);

  /**
   * An LSTM's step backwards: gates become the blame on their products, dc that on c'.
   *
   * @param tanh tanh(c)
   */
  void lstmBackward(
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
      int dcAt);

  /** A GRU's {@code n += r·k} for m tokens of h units, whose gates r z n stand likewise. */
  void gruCandidate(int m, int h, float[] gates, int at, float[] memory, int k);

  /** A GRU's {@code h = (1 - z)·n + z·h'}. */
  void gruState(int m, int h, float[] gates, int at, float[] previous, int p, float[] next, int c);

  /**
   * A GRU's step backwards: gates become the blame on the input's product, {@code recurrent} that
   * on the state's, dh what goes straight to h'.
   *
   * @param memory k, the state's product for the candidate
   */
  void gruBackward(
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
      int dhAt);
}
