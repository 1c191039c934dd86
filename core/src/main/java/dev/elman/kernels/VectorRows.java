package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Rows} and {@link Gates} of a tanh, a vector at a time. */
final class VectorRows {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorRows() {}

  /** {@code y += x}. */
  static void add(float[] x, int xAt, float[] y, int yAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector sum = FloatVector.fromArray(S, y, yAt + i);
      sum.add(FloatVector.fromArray(S, x, xAt + i)).intoArray(y, yAt + i);
    }
    Rows.add(i, n, x, xAt, y, yAt);
  }

  /** {@code y += s·x}. */
  static void axpy(float s, float[] x, int xAt, float[] y, int yAt, int n) {
    FloatVector factor = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector sum = FloatVector.fromArray(S, y, yAt + i);
      factor.fma(FloatVector.fromArray(S, x, xAt + i), sum).intoArray(y, yAt + i);
    }
    Rows.axpy(i, n, s, x, xAt, y, yAt);
  }

  /** {@code z = x·y}. */
  static void multiply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector product = FloatVector.fromArray(S, x, xAt + i);
      product.mul(FloatVector.fromArray(S, y, yAt + i)).intoArray(z, zAt + i);
    }
    Gates.multiply(i, n, x, xAt, y, yAt, z, zAt);
  }

  /** {@code y = dy·(1 - y²)}. */
  static void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector value = FloatVector.fromArray(S, y, yAt + i);
      FloatVector slope = one.sub(value.mul(value));
      FloatVector.fromArray(S, dy, dyAt + i).mul(slope).intoArray(y, yAt + i);
    }
    Gates.tanhBackward(i, n, y, yAt, dy, dyAt);
  }

  /** {@code y = s·x}; y may be x itself. */
  static void scale(float s, float[] x, int xAt, float[] y, int yAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector.fromArray(S, x, xAt + i).mul(s).intoArray(y, yAt + i);
    }
    Rows.scale(i, n, s, x, xAt, y, yAt);
  }

  /** The largest element, NaN where there is one. */
  static float max(float[] x, int xAt, int n) {
    FloatVector most = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - L; i += L) {
      most = most.max(FloatVector.fromArray(S, x, xAt + i));
    }
    return Rows.max(i, n, most.reduceLanes(VectorOperators.MAX), x, xAt);
  }

  /** The softmax of one row; returns the logarithm of its sum of exponentials. */
  static float softmax(int n, float[] x, int xAt, float[] y, int yAt) {
    float max = max(x, xAt, n);
    VectorActivations.exp(x, xAt, y, yAt, n, max);
    double sum = Rows.sum(y, yAt, n);
    scale((float) (1 / sum), y, yAt, y, yAt, n);
    return (float) (max + StrictMath.log(sum));
  }
}
