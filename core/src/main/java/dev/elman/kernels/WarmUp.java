package dev.elman.kernels;

/**
 * Has the JIT compile each kernel before its first use.
 *
 * <p>A loop over vectors that is first compiled while it runs (on-stack replacement) may box every
 * vector and stay that slow for the life of the JVM. Compiled after many short calls it never does.
 */
final class WarmUp {

  private static final int CALLS = 20_000;
  private static final int K = 2;

  private WarmUp() {}

  static void run(Kernels kernels) {
    int width = 3 * VectorKernels.LANES;
    float[] a = new float[16 * width];
    float[] c = new float[16 * width];
    Panels panels = new Panels();
    Panels one = new Panels();
    kernels.pack(a, 0, width, K, width, panels);
    kernels.pack(a, 0, width, K, 1, one);
    for (int i = 0; i < CALLS; i++) {
      for (int m = 1; m <= 6; m++) {
        kernels.product(m, a, 0, K, panels, c, 0, width);
      }
      kernels.product(5, a, 0, K, one, c, 0, 1);
      kernels.sigmoid(a, 0, c, 0, width + 1);
      kernels.tanh(a, 0, c, 0, width + 1);
      kernels.softmax(1, width + 1, a, 0, c, 0);
      kernels.addRow(1, width + 1, a, 0, c, 0, 0);
      kernels.axpy(0f, a, 0, c, 0, width + 1);
      kernels.sumOfSquares(a, 0, width + 1);
      Transposition.run(a, 0, 2, 9, 2, c, 9);
    }
  }
}
