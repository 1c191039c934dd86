package dev.elman.kernels;

/**
 * What the built-in cells do with their gates, unit by unit: the definition, which {@link
 * VectorLstm} and {@link VectorGru} compute to the bit, a vector at a time.
 *
 * <p>Each works on units {@code from} to {@code to} of h; the gates of one token stand side by
 * side, h numbers each. Blame on something is the gradient of the loss by it; where a gate's
 * activation stood, the blame on its product stands afterwards.
 */
final class Gates {

  private Gates() {}

  /** {@code c = f·c' + i·g} with the gates i f g o of an LSTM. */
  static void lstmState(
      int from, int to, int h, float[] gates, int i, float[] previous, int p, float[] next, int c) {
    int f = i + h;
    int g = f + h;
    for (int j = from; j < to; j++) {
      next[c + j] = Math.fma(gates[f + j], previous[p + j], gates[i + j] * gates[g + j]);
    }
  }

  /** {@code z = x·y}. */
  static void multiply(
      int from, int to, float[] x, int xAt, float[] y, int yAt, float[] z, int zAt) {
    for (int j = from; j < to; j++) {
      z[zAt + j] = x[xAt + j] * y[yAt + j];
    }
  }

  /** Through {@code h = o·tanh(c)} and {@code c = f·c' + i·g}; dc becomes blame on c'. */
  static void lstmBackward(
      int from,
      int to,
      int h,
      float[] gates,
      int i,
      float[] previous,
      int p,
      float[] tanh,
      int m,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt) {
    int f = i + h;
    int g = f + h;
    int o = g + h;
    for (int j = from; j < to; j++) {
      float in = gates[i + j];
      float forget = gates[f + j];
      float candidate = gates[g + j];
      float out = gates[o + j];
      float y = tanh[m + j];
      float blame = dh[dhAt + j];
      gates[o + j] = blame * y * out * (1 - out); // do = dh · tanh(c) · σ'
      blame = dc[dcAt + j] + blame * out * (1 - y * y); // dc += dh · o · (1 - tanh(c)²)
      gates[i + j] = blame * candidate * in * (1 - in); // di = dc · g · σ'
      gates[f + j] = blame * previous[p + j] * forget * (1 - forget); // df = dc · c' · σ'
      gates[g + j] = blame * in * (1 - candidate * candidate); // dg = dc · i · tanh'
      dc[dcAt + j] = blame * forget; // dc' = dc · f
    }
  }

  /** {@code W_in·x + r·m}, m being {@code W_hn·h' + b_hn}, with the gates r z n of a GRU. */
  static void gruCandidate(int from, int to, int h, float[] gates, int r, float[] memory, int m) {
    int n = r + 2 * h;
    for (int j = from; j < to; j++) {
      gates[n + j] = Math.fma(gates[r + j], memory[m + j], gates[n + j]);
    }
  }

  /** {@code h = (1 - z)·n + z·h'}. */
  static void gruState(
      int from, int to, int h, float[] gates, int r, float[] previous, int p, float[] next, int c) {
    int z = r + h;
    int n = z + h;
    for (int j = from; j < to; j++) {
      float keep = gates[z + j];
      next[c + j] = Math.fma(keep, previous[p + j], (1 - keep) * gates[n + j]);
    }
  }

  /**
   * Through {@code h = (1 - z)·n + z·h'} and {@code r·m}; dh becomes what of the blame goes
   * straight to h', and {@code recurrent} the blame on {@code W_hh·h' + b_hh}.
   */
  static void gruBackward(
      int from,
      int to,
      int h,
      float[] gates,
      int r,
      float[] previous,
      int p,
      float[] memory,
      int m,
      float[] recurrent,
      int rr,
      float[] dh,
      int dhAt) {
    int z = r + h;
    int n = z + h;
    for (int j = from; j < to; j++) {
      float reset = gates[r + j];
      float keep = gates[z + j];
      float candidate = gates[n + j];
      float blame = dh[dhAt + j];
      float dz = blame * (previous[p + j] - candidate) * keep * (1 - keep);
      float dn = blame * (1 - keep) * (1 - candidate * candidate);
      float dr = dn * memory[m + j] * reset * (1 - reset);
      dh[dhAt + j] = blame * keep; // dh' = dh · z
      gates[r + j] = dr;
      gates[z + j] = dz;
      gates[n + j] = dn;
      recurrent[rr + j] = dr;
      recurrent[rr + h + j] = dz;
      recurrent[rr + 2 * h + j] = dn * reset; // dm = dn · r
    }
  }

  /** {@code y = dy·(1 - y²)}: through {@code y = tanh(x)}. */
  static void tanhBackward(int from, int to, float[] y, int at, float[] dy, int dyAt) {
    for (int j = from; j < to; j++) {
      y[at + j] = dy[dyAt + j] * (1 - y[at + j] * y[at + j]);
    }
  }
}
