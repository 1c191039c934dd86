package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** That each does what its equation says, testkit's oracles tell; here: every form the same. */
class GatesTest {

  private static final int M = 3; // tokens
  private static final int[] SIZES = {1, 3, 13, 64, 207, 702};

  private final Kernels vector = new VectorKernels(Runnable::run);
  private final Kernels scalar = new ScalarKernels();

  @ParameterizedTest
  @FieldSource("SIZES")
  void vectorsGiveTheSameBitsAsPlainLoops(int h) {
    List<float[]> plain = everything(scalar, h);
    List<float[]> vectors = everything(vector, h);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(vectors.get(i)).as("array %d", i).containsExactly(plain.get(i));
    }
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void nothingBesideTheUnitsIsTouched(int h) {
    List<float[]> before = arrays(h);
    List<float[]> after = everything(vector, h);
    for (int i = 0; i < before.size(); i++) {
      int size = before.get(i).length;
      assertThat(Arrays.copyOf(after.get(i), 3)).containsExactly(Arrays.copyOf(before.get(i), 3));
      assertThat(Arrays.copyOfRange(after.get(i), size - 2, size))
          .containsExactly(Arrays.copyOfRange(before.get(i), size - 2, size));
    }
  }

  @Test
  void followTheirEquations() {
    float[] gates = {0.5f, 0.25f, -0.75f, 0.125f};
    float[] c = {0};
    scalar.lstmState(1, 1, gates, 0, new float[] {3}, 0, c, 0);
    assertThat(c[0]).isEqualTo(0.25f * 3 - 0.5f * 0.75f);
    float[] output = {0};
    scalar.lstmOutput(1, 1, gates, 0, new float[] {0.5f}, 0, output, 0);
    assertThat(output[0]).isEqualTo(0.125f * 0.5f);
    float[] h = {0};
    scalar.gruState(1, 1, gates, 0, new float[] {3}, 0, h, 0);
    assertThat(h[0]).isEqualTo(0.75f * -0.75f + 0.25f * 3);
    scalar.gruCandidate(1, 1, gates, 0, new float[] {3}, 0);
    assertThat(gates[2]).isEqualTo(-0.75f + 0.5f * 3);
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void tokensTogetherAreAsEachAlone(int h) {
    for (Kernels kernels : List.of(scalar, vector)) {
      List<float[]> together = arrays(h);
      kernels.sigmoid(M, 2 * h, together.get(0), 3, 4 * h);
      kernels.tanh(M, h, together.get(1), 3, 3 * h);
      List<float[]> alone = arrays(h);
      for (int token = 0; token < M; token++) {
        kernels.sigmoid(alone.get(0), 3 + token * 4 * h, alone.get(0), 3 + token * 4 * h, 2 * h);
        kernels.tanh(alone.get(1), 3 + token * 3 * h, alone.get(1), 3 + token * 3 * h, h);
      }
      assertThat(together.get(0)).containsExactly(alone.get(0));
      assertThat(together.get(1)).containsExactly(alone.get(1));
      gatesTogetherAreAsEachAlone(kernels, h, together, alone);
    }
  }

  private static void gatesTogetherAreAsEachAlone(
      Kernels kernels, int h, List<float[]> together, List<float[]> alone) {
    run(kernels, M, h, together, 0);
    for (int token = 0; token < M; token++) {
      run(kernels, 1, h, alone, token);
    }
    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).as("array %d", i).containsExactly(alone.get(i));
    }
  }

  /** Steps of both cells, forwards and backwards, from a token on. */
  private static void run(Kernels kernels, int m, int h, List<float[]> a, int token) {
    int one = 3 + token * h;
    int three = 3 + token * 3 * h;
    int four = 3 + token * 4 * h;
    kernels.lstmState(m, h, a.get(0), four, a.get(3), one, a.get(4), one);
    kernels.lstmOutput(m, h, a.get(0), four, a.get(4), one, a.get(5), one);
    kernels.lstmBackward(
        m, h, a.get(0), four, a.get(3), one, a.get(4), one, a.get(6), one, a.get(7), one);
    kernels.gruCandidate(m, h, a.get(1), three, a.get(5), one);
    kernels.gruState(m, h, a.get(1), three, a.get(3), one, a.get(4), one);
    kernels.gruBackward(
        m, h, a.get(1), three, a.get(3), one, a.get(5), one, a.get(2), three, a.get(6), one);
  }

  /** One array for each argument, three numbers before its units and two behind them. */
  private static List<float[]> arrays(int h) {
    int n = M * h;
    return List.of(
        Reference.numbers(4 * n + 5, 1),
        Reference.numbers(3 * n + 5, 2),
        Reference.numbers(3 * n + 5, 3),
        Reference.numbers(n + 5, 4),
        Reference.numbers(n + 5, 5),
        Reference.numbers(n + 5, 6),
        Reference.numbers(n + 5, 7),
        Reference.numbers(n + 5, 8));
  }

  private static List<float[]> everything(Kernels kernels, int h) {
    List<float[]> arrays = arrays(h);
    float[] lstm = arrays.get(0);
    float[] gru = arrays.get(1);
    float[] recurrent = arrays.get(2);
    float[] previous = arrays.get(3);
    float[] next = arrays.get(4);
    float[] memory = arrays.get(5);
    float[] dh = arrays.get(6);
    float[] dc = arrays.get(7);
    kernels.sigmoid(M, h, lstm, 3, 4 * h);
    kernels.tanh(M, h, lstm, 3 + 2 * h, 4 * h);
    kernels.lstmState(M, h, lstm, 3, previous, 3, next, 3);
    kernels.lstmOutput(M, h, lstm, 3, next, 3, memory, 3);
    kernels.multiply(lstm, 3, next, 3, next, 3, h);
    kernels.lstmBackward(M, h, lstm, 3, previous, 3, next, 3, dh, 3, dc, 3);
    kernels.gruCandidate(M, h, gru, 3, memory, 3);
    kernels.gruState(M, h, gru, 3, next, 3, memory, 3);
    kernels.gruBackward(M, h, gru, 3, previous, 3, memory, 3, recurrent, 3, dh, 3);
    kernels.tanhBackward(previous, 3, dh, 3, M * h);
    return arrays;
  }
}
