package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** That each does what its equation says, testkit's oracles tell; here: every form the same. */
class GatesTest {

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
    scalar.lstmState(1, gates, 0, new float[] {3}, 0, c, 0);
    assertThat(c[0]).isEqualTo(0.25f * 3 - 0.5f * 0.75f);
    float[] h = {0};
    scalar.gruState(1, gates, 0, new float[] {3}, 0, h, 0);
    assertThat(h[0]).isEqualTo(0.75f * -0.75f + 0.25f * 3);
    scalar.gruCandidate(1, gates, 0, new float[] {3}, 0);
    assertThat(gates[2]).isEqualTo(-0.75f + 0.5f * 3);
  }

  /** One array for each argument, three numbers before its units and two behind them. */
  private static List<float[]> arrays(int h) {
    return List.of(
        Reference.numbers(4 * h + 5, 1),
        Reference.numbers(3 * h + 5, 2),
        Reference.numbers(3 * h + 5, 3),
        Reference.numbers(h + 5, 4),
        Reference.numbers(h + 5, 5),
        Reference.numbers(h + 5, 6),
        Reference.numbers(h + 5, 7),
        Reference.numbers(h + 5, 8));
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
    kernels.lstmState(h, lstm, 3, previous, 3, next, 3);
    kernels.multiply(lstm, 3, next, 3, next, 3, h);
    kernels.lstmBackward(h, lstm, 3, previous, 3, next, 3, dh, 3, dc, 3);
    kernels.gruCandidate(h, gru, 3, memory, 3);
    kernels.gruState(h, gru, 3, next, 3, memory, 3);
    kernels.gruBackward(h, gru, 3, previous, 3, memory, 3, recurrent, 3, dh, 3);
    kernels.tanhBackward(previous, 3, dh, 3, h);
    return arrays;
  }
}
