package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyStateTest {

  private static final int M = 23;
  private static final int K = 130;
  private static final int N = 37; // a panel of one vector, too, with 8 lanes and 16
  private static final int H = 43;

  private final Kernels kernels = Kernels.get();
  private final float[] a = Reference.numbers(M * K, 1);
  private final float[] b = Reference.numbers(K * N, 2);
  private final float[] c = new float[M * N];
  private final float[] gradient = new float[K * N];
  private final Panels panels = new Panels();
  private final PackedWeight int8 = Int8ProductTest.packed(Int8ProductTest.rounded(N, K));
  private final Scratch scratch = new Scratch();

  /**
   * Tried in three JVMs at most: in one of many, what the JIT makes of a loop boxes its vectors.
   */
  @Test
  void allocatesNothing() throws IOException {
    long least = least();
    for (int jvm = 0; least >= 1000 && jvm < 2; jvm++) {
      least = inAFreshJvm();
    }
    assertThat(least).isLessThan(1000);
  }

  private static long inAFreshJvm() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    String path = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", path, SteadyStateTest.class.getName()));
    Process process = new ProcessBuilder(command).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Long.parseLong(printed.strip());
  }

  public static void main(String[] arguments) {
    System.out.println(new SteadyStateTest().least());
  }

  private long least() {
    kernels.compile();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE; // on a busy machine the JIT takes its time
    for (int round = 0; round < 20; round++) {
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 500; i++) {
        everything();
      }
      least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private void everything() {
    kernels.pack(b, 0, N, K, N, panels);
    kernels.product(M, a, 0, K, panels, c, 0, N);
    kernels.productPlusRow(M, a, 0, K, panels, b, 0, c, 0, N);
    kernels.packTransposed(b, 0, K, N, K, panels);
    kernels.joinedProductPlusRow(M, a, 0, K - H, a, 0, H, panels, b, 0, c, 0, N);
    kernels.joinedProductPlusRow(1, a, 0, K - H, a, 0, H, panels, b, 0, c, 0, N);
    kernels.addProduct(M, a, 0, K, panels, c, 0, N);
    kernels.addTransposedProduct(M, a, 0, K, K, c, 0, N, N, gradient, 0, N, false, scratch);
    int8.addProduct(kernels, Part.WHOLE, 1, a, 0, K, c, 0, N);
    int8.addProduct(kernels, Part.WHOLE, M, a, 0, K, c, 0, N);
    kernels.sigmoid(c, 0, c, 0, M * N);
    kernels.tanh(c, 0, c, 0, M * N);
    kernels.exp(c, 0, c, 0, M * N);
    kernels.softmax(M, N, c, 0, c, 0);
    kernels.addRow(M, N, b, 0, c, 0, N);
    kernels.addColumnSums(M, N, c, 0, N, gradient, 0);
    kernels.axpy(0.5f, b, 0, gradient, 0, K * N);
    kernels.scale(0.5f, b, 0, gradient, 0, K * N);
    kernels.sumOfSquares(gradient, 0, K * N);
    kernels.sigmoid(2, H, c, 0, H);
    kernels.tanh(2, H, c, 0, H);
    kernels.lstmOutput(1, H, a, 0, b, 0, c, 0);
    kernels.lstmState(1, H, a, 0, b, 0, c, 0);
    kernels.lstmBackward(1, H, a, 0, b, 0, c, 0, c, H, c, 2 * H);
    kernels.gruCandidate(1, H, a, 0, b, 0);
    kernels.gruState(1, H, a, 0, b, 0, c, 0);
    kernels.gruBackward(1, H, a, 0, b, 0, b, H, c, 0, c, 3 * H);
    kernels.multiply(a, 0, b, 0, c, 0, M * N);
    kernels.tanhBackward(c, 0, b, 0, M * N);
  }
}
