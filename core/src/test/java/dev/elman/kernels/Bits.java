package dev.elman.kernels;

import java.util.Arrays;

/** Prints a digest of what every kernel computes, for JVMs that compile it differently. */
final class Bits {

  private Bits() {}

  public static void main(String[] arguments) {
    System.out.println(digest());
  }

  static String digest() {
    Kernels kernels = Kernels.get();
    float[] x = Reference.numbers(40 * 61, 1);
    float[] c = Reference.numbers(61 * 61, 2);
    Panels panels = new Panels();
    int digest = 0;
    for (int n : new int[] {1, 3, 16, 25, 39, 61}) {
      kernels.pack(x, 5, n, 37, n, panels);
      for (int m : new int[] {1, 2, 3, 8, 11, 23}) {
        kernels.addProduct(m, x, 3, 40, panels, c, 0, 61);
        kernels.joinedProductPlusRow(m, x, 1, 30, x, 9, 7, panels, x, 2, c, 5, 61);
      }
      PackedWeight int8 = Int8ProductTest.packed(Int8ProductTest.rounded(n, 37));
      int8.addProduct(kernels, Part.WHOLE, 1, x, 4, 40, c, 1, 61);
      int8.addProduct(kernels, Part.WHOLE, 5, x, 5, 40, c, 61, 61);
      kernels.softmax(2, n, c, 0, c, 0);
      digest = 31 * digest + Arrays.hashCode(c);
    }
    for (int i = 0; i < c.length; i++) {
      c[i] = c[i] % 20;
    }
    kernels.sigmoid(c, 0, x, 0, 701);
    kernels.tanh(c, 701, x, 701, 701);
    kernels.exp(c, 1402, x, 1402, 701);
    kernels.axpy(0.7f, c, 0, x, 1, 2003);
    kernels.scale(0.7f, x, 1, x, 1, 2003);
    kernels.addColumnSums(20, 61, c, 0, 61, x, 7);
    kernels.sigmoid(3, 61, c, 2, 70);
    kernels.tanh(3, 61, c, 300, 70);
    kernels.lstmOutput(2, 61, x, 5, c, 9, c, 700);
    kernels.lstmState(1, 61, x, 5, c, 9, c, 90);
    kernels.gruCandidate(1, 61, x, 301, c, 13);
    kernels.gruState(1, 61, x, 333, c, 17, c, 200);
    digest = 31 * digest + Arrays.hashCode(c);
    for (int n : new int[] {1, 3, 16, 25, 39, 61}) { // from here on training, which waits
      kernels.addTransposedProduct(30, x, 1, 61, 29, x, 2, 61, n, c, 0, 61, false, new Scratch());
    }
    kernels.lstmBackward(1, 61, x, 3, c, 0, c, 61, c, 122, c, 183);
    kernels.gruBackward(1, 61, x, 300, c, 0, c, 61, x, 600, c, 122);
    digest = 31 * digest + Arrays.hashCode(x);
    return "digest " + digest + " " + kernels.sumOfSquares(x, 0, x.length);
  }
}
