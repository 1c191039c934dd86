package dev.elman.kernels;

/** Chooses the kernels of this JVM, without ever loading a class that it cannot link. */
final class KernelChoice {

  static final Kernels CHOSEN = choose(System.getProperty("elman.kernels", ""));

  private KernelChoice() {}

  static Kernels choose(String wish) {
    switch (wish) {
      case "scalar":
        return new ScalarKernels();
      case "":
        return vectorsPay() ? new VectorKernels(Loops.IN_BACKGROUND) : new ScalarKernels();
      case "vector":
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
          throw new IllegalArgumentException(
              "elman.kernels=vector needs the module jdk.incubator.vector, which this JVM was"
                  + " started without; add --add-modules jdk.incubator.vector to the java command");
        }
        return new VectorKernels(Runnable::run);
      default:
        throw new IllegalArgumentException(
            "elman.kernels is \"" + wish + "\"; expected vector or scalar, or leave it unset");
    }
  }

  /** With fewer than four lanes the Vector API is emulated on the heap: slower than plain loops. */
  private static boolean vectorsPay() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        && VectorKernels.LANES >= 4;
  }
}
