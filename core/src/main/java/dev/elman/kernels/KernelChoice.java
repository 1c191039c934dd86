package dev.elman.kernels;

/** Chooses the kernels of this JVM, without ever loading a class that it cannot link. */
final class KernelChoice {

  static final Kernels CHOSEN = choose(System.getProperty("elman.kernels"));

  private KernelChoice() {}

  static Kernels choose(String wish) {
    return new ScalarKernels();
  }
}
