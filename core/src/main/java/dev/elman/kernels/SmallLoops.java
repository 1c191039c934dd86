package dev.elman.kernels;

/**
 * The loops that walk along rows, compiled before their first use ({@link WarmUp}): with whole
 * vectors and with what does not fill one, so that no part is met for the first time later, when
 * the JIT would compile them again in the midst of other work, and in one JVM of three box what
 * they compute.
 */
final class SmallLoops {

  private static final int L = VectorKernels.LANES;
  private static final int REST = L / 2 + 1;

  static {
    float[] x = WarmUp.numbers(3 * L); // two rows
    float[] y = WarmUp.numbers(3 * L);
    WarmUp.run(
        k -> VectorActivations.exp(x, 0, y, 0, k * L + REST, 0f),
        k -> VectorActivations.sigmoid(2, k * L + REST, x, 0, k * L + REST, y, 0, k * L + REST),
        k -> VectorActivations.tanh(2, k * L + REST, x, 0, k * L + REST, y, 0, k * L + REST),
        k -> VectorRows.add(x, 0, y, 0, k * L + REST),
        k -> VectorRows.axpy(1, x, 0, y, 0, k * L + REST),
        k -> VectorRows.scale(1, x, 0, y, 0, k * L + REST),
        k -> VectorRows.multiply(x, 0, y, 0, y, 0, k * L + REST),
        k -> VectorRows.tanhBackward(y, 0, x, 0, k * L + REST),
        k -> VectorRows.max(x, 0, k * L + REST));
  }

  private SmallLoops() {}

  /** Returns when {@link VectorActivations} and {@link VectorRows} are compiled. */
  static void compile() {
    // the static initialiser has done it
  }

  /** The loops of {@link VectorLstm}. */
  static final class Lstm {
    static {
      float[] x = WarmUp.numbers(9 * L); // gates of two tokens
      float[] y = WarmUp.numbers(3 * L);
      WarmUp.run(
          k -> VectorLstm.state(2, k * L + REST, x, 0, y, 0, y, 0),
          k -> VectorLstm.output(2, k * L + REST, x, 0, y, 0, y, 0),
          k -> VectorLstm.backward(2, k * L + REST, x, 0, y, 0, y, 0, y, 0, y, 0));
    }

    private Lstm() {}

    /** Returns when they are compiled. */
    static void compile() {
      // the static initialiser has done it
    }
  }

  /** The loops of {@link VectorGru}. */
  static final class Gru {
    static {
      float[] x = WarmUp.numbers(7 * L); // gates of two tokens
      float[] y = WarmUp.numbers(3 * L);
      float[] z = WarmUp.numbers(7 * L);
      WarmUp.run(
          k -> VectorGru.candidate(2, k * L + REST, x, 0, y, 0),
          k -> VectorGru.state(2, k * L + REST, x, 0, y, 0, y, 0),
          k -> VectorGru.backward(2, k * L + REST, x, 0, y, 0, y, 0, z, 0, y, 0));
    }

    private Gru() {}

    /** Returns when they are compiled. */
    static void compile() {
      // the static initialiser has done it
    }
  }

  /** The loop of {@link Int8Tiles}. */
  static final class Int8 {
    static {
      float[] x = WarmUp.numbers(4 * L);
      byte[] codes = new byte[x.length];
      float[] y = WarmUp.numbers(L);
      WarmUp.run(k -> Int8Tiles.row1(k, x, 0, codes, 0, y, 0, L, 2 * L, 3 * L));
    }

    private Int8() {}

    /** Returns when it is compiled. */
    static void compile() {
      // the static initialiser has done it
    }
  }
}
