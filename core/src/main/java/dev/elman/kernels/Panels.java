package dev.elman.kernels;

import java.util.Arrays;

/**
 * A matrix B {@code [k, n]} packed for products: columns side by side in panels of a few vectors.
 *
 * <p>Filled by {@link Kernels#pack} and {@link Kernels#packTransposed}, read by the products of the
 * same kernels. Reusable: the array grows to the largest matrix it has held. A packed weight may be
 * read by many threads at once.
 */
public final class Panels {

  private float[] data = {};
  private float[][] rows = {};
  private float[] zeros = {};
  private int k;
  private int n;
  private int first; // of the packed rows, the first that is one of these
  private int all; // packed rows
  private boolean backwards;

  /** Rows of B: the inner dimension of a product. */
  public int k() {
    return k;
  }

  /** Columns of B: the width of a product. */
  public int n() {
    return n;
  }

  /** Some of the rows, to be read as a matrix of their own until the next are packed. */
  Panels rows(int from, int count) {
    Panels some = new Panels();
    some.data = data;
    some.rows = rows.length == 0 ? rows : Arrays.copyOfRange(rows, from, from + count);
    some.zeros = zeros;
    some.k = count;
    some.n = n;
    some.first = first + from;
    some.all = all;
    return some;
  }

  /** Where the panel of a column begins, which is so wide. */
  int at(int column, int width) {
    return column * all + first * width;
  }

  /** From a panel of that width to the one beside it. */
  int distance(int width) {
    return width * all;
  }

  /**
   * Whether the next pass goes through the panels from the last to the first: every other one does,
   * so that it begins with what the caches still hold of the one before.
   *
   * <p>No bit depends on it: threads that share this may get the same direction again and again.
   */
  boolean turn() {
    boolean now = backwards;
    backwards = !now;
    return now;
  }

  /** The packed numbers; what lies beyond {@code k·n} rounded up to whole panels is stale. */
  float[] data() {
    return data;
  }

  /** A row of n zeros: what the sums of a product begin with. */
  float[] zeros() {
    return zeros;
  }

  /** The rows of B, an array each, where {@link ScalarKernels} have packed it. */
  float[][] rows() {
    return rows;
  }

  /** Makes room for k rows of n numbers, an array each. */
  float[][] shapeRows(int k, int n) {
    if (rows.length < k || k > 0 && rows[0].length < n) {
      int most = rows.length == 0 ? n : Math.max(n, rows[0].length);
      rows = new float[Math.max(k, rows.length)][most];
    }
    shape(k, n);
    return rows;
  }

  /** Makes room for {@code [k, n]} with {@code columns} columns, padding included. */
  float[] shape(int k, int n, int columns) {
    int size = Math.multiplyExact(k, columns);
    if (data.length < size) {
      data = new float[size];
    }
    if (zeros.length < n) {
      zeros = new float[n];
    }
    shape(k, n);
    return data;
  }

  private void shape(int newK, int newN) {
    k = newK;
    n = newN;
    first = 0;
    all = newK;
  }
}
