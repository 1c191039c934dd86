package dev.elman.kernels;

/**
 * The product of a single row, a stream's step: it uses each number of B once, so the memory sets
 * the pace, and several panels at a time keep it busy.
 */
final class RowProduct {

  private static final int L = VectorKernels.LANES;

  static {
    float[] x = WarmUp.numbers(8 * L);
    float[] y = WarmUp.numbers(8 * L);
    WarmUp.run(
        k -> PanelTiles.row1(k, x, 0, x, 0, y, 0, y, 0, L),
        k -> PanelTiles.row1Twice(k, x, 0, x, 0, 2 * L * k, y, 0, y, 0, L),
        k -> PanelTiles.row1FourTimes(k, x, 0, x, 0, 2 * L * k, y, 0, y, 0, L),
        k -> PanelTiles.narrowRow1(k, x, 0, x, 0, y, 0, y, 0));
  }

  private RowProduct() {}

  /** Returns when the loops are compiled. */
  static void compile() {
    // the static initialiser has done it
  }

  /**
   * Panels side by side, four where there are as many; every other time the fours from the last to
   * the first ({@link Panels#turn}), after the rest.
   *
   * <p>The JIT does not inline it, as it is longer than 325 bytes. Inlined into a whole layer, it
   * boxed every vector in one process of five, at a thirteenth of the speed.
   */
  static void run(float[] a, int aAt, Panels b, float[] s, int sAt, float[] c, int cAt) {
    int k = b.k();
    int n = b.n();
    float[] data = b.data();
    int fours = (n - L - 1) / (8 * L);
    int left = n - 8 * L * fours;
    if (left > 7 * L && left <= 8 * L) {
      fours++;
    }
    boolean backwards = b.turn();
    for (int half = 0; half < 2; half++) {
      boolean rest = (half == 0) == backwards;
      for (int i = 0; i < fours && !rest; i++) {
        int j = 8 * L * (backwards ? fours - 1 - i : i);
        int columns = Math.min(8 * L, n - j);
        PanelTiles.row1FourTimes(
            k,
            a,
            aAt,
            data,
            b.at(j, 2 * L),
            b.distance(2 * L),
            s,
            sAt + j,
            c,
            cAt + j,
            columns - 7 * L);
      }
      int j = rest ? 8 * L * fours : n;
      while (j < n - 5 * L || (j < n - 3 * L && j >= n - 4 * L)) {
        int columns = Math.min(4 * L, n - j);
        PanelTiles.row1Twice(
            k,
            a,
            aAt,
            data,
            b.at(j, 2 * L),
            b.distance(2 * L),
            s,
            sAt + j,
            c,
            cAt + j,
            columns - 3 * L);
        j += columns;
      }
      while (j < n) {
        if (Packing.panelWidth(n - j) == L) {
          PanelTiles.narrowRow1(k, a, aAt, data, b.at(j, L), s, sAt + j, c, cAt + j);
          j += L;
        } else {
          int columns = Math.min(2 * L, n - j);
          PanelTiles.row1(k, a, aAt, data, b.at(j, 2 * L), s, sAt + j, c, cAt + j, columns - L);
          j += columns;
        }
      }
    }
  }
}
