package dev.elman.kernels;

/** Prints what was chosen, so that a test can ask a JVM that was started differently. */
final class Choice {

  private Choice() {}

  public static void main(String[] arguments) {
    Kernels kernels = Kernels.get();
    Panels panels = new Panels();
    kernels.pack(new float[] {2, 3}, 0, 1, 2, 1, panels);
    float[] c = new float[1];
    kernels.product(1, new float[] {5, 7}, 0, 2, panels, c, 0, 1);
    System.out.println(kernels.description() + ": " + c[0]);
  }
}
