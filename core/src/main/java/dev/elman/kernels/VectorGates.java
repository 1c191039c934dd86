package dev.elman.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What cells do unit by unit, a vector at a time. Written as plain loops, the offsets into one
 * array would keep the JIT from using vectors: it could not know that they do not overlap.
 */
final class VectorGates {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorGates() {}

  static void multiply(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector.fromArray(S, a, aAt + i)
          .mul(FloatVector.fromArray(S, b, bAt + i))
          .intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] * b[bAt + i];
    }
  }

  static void addMultiplied(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector.fromArray(S, a, aAt + i)
          .fma(FloatVector.fromArray(S, b, bAt + i), FloatVector.fromArray(S, y, yAt + i))
          .intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.fma(a[aAt + i], b[bAt + i], y[yAt + i]);
    }
  }

  static void mix(
      int n, float[] s, int sAt, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector share = FloatVector.fromArray(S, s, sAt + i);
      FloatVector rest = FloatVector.broadcast(S, 1f).sub(share);
      share
          .fma(FloatVector.fromArray(S, a, aAt + i), rest.mul(FloatVector.fromArray(S, b, bAt + i)))
          .intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      float share = s[sAt + i];
      y[yAt + i] = Math.fma(share, a[aAt + i], (1 - share) * b[bAt + i]);
    }
  }

  static void sigmoidGradient(
      int n, float[] d, int dAt, float[] f, int fAt, float[] s, int sAt, float[] y, int yAt) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector gate = FloatVector.fromArray(S, s, sAt + i);
      FloatVector.fromArray(S, d, dAt + i)
          .mul(FloatVector.fromArray(S, f, fAt + i))
          .mul(gate)
          .mul(FloatVector.broadcast(S, 1f).sub(gate))
          .intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      float gate = s[sAt + i];
      y[yAt + i] = d[dAt + i] * f[fAt + i] * gate * (1 - gate);
    }
  }

  static void tanhGradient(int n, float[] d, int dAt, float[] t, int tAt, float[] y, int yAt) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector tanh = FloatVector.fromArray(S, t, tAt + i);
      FloatVector.fromArray(S, d, dAt + i)
          .mul(FloatVector.broadcast(S, 1f).sub(tanh.mul(tanh)))
          .intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      float tanh = t[tAt + i];
      y[yAt + i] = d[dAt + i] * (1 - tanh * tanh);
    }
  }
}
