package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.layers.Dense;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Recurrent;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights begin as they are said to. */
class InitialisationTest {
  private static final int D = 7;
  private static final int H = 30;

  static List<Cell> cells() {
    return Cells.all();
  }

  private static List<Weight> weights(Cell cell, Initialisation initialisation, long seed) {
    Recurrent.Name name = new Recurrent.Name("", "_l0");
    return new Recurrent(name, cell, D, H, initialisation, seed).weights();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void thatOfPyTorchIsUniformWithinOneOverTheRootOfH(Cell cell) {
    for (Weight weight : weights(cell, Initialisation.PYTORCH, 1)) {
      requireUniform(weight, 1 / Math.sqrt(H));
    }
  }

  @Test
  void thatOfADenseLayerIsUniformWithinOneOverTheRootOfItsInputs() {
    for (Weight weight : Dense.of("", 8, 50, Initialisation.PYTORCH, 1).weights()) {
      requireUniform(weight, 1 / Math.sqrt(8));
    }
  }

  private static void requireUniform(Weight weight, double bound) {
    double largest = 0;
    double squares = 0;
    for (float value : weight.values()) {
      largest = Math.max(largest, Math.abs(value));
      squares += value * value;
    }
    assertThat(largest).as(weight.name()).isBetween(0.85 * bound, bound);
    double deviation = Math.sqrt(squares / weight.size());
    assertThat(deviation).as(weight.name()).isCloseTo(bound / Math.sqrt(3), offset(0.3 * bound));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyGateOfOrthogonalRecurrentWeightsKeepsLengths(Cell cell) {
    Weight recurrent = weights(cell, Initialisation.ORTHOGONAL, 1).get(1);
    for (int gate = 0; gate < recurrent.rows() / H; gate++) {
      for (int i = 0; i < H; i++) {
        for (int j = 0; j <= i; j++) {
          double dot = 0;
          for (int k = 0; k < H; k++) {
            int row = gate * H;
            dot += recurrent.values()[(row + i) * H + k] * recurrent.values()[(row + j) * H + k];
          }
          assertThat(dot).as("%d, %d", i, j).isCloseTo(i == j ? 1 : 0, offset(1e-5));
        }
      }
    }
  }

  @Test
  void onlyTheForgetGateBeginsOpen() {
    List<Weight> lstm = weights(Cells.named("lstm"), Initialisation.ORTHOGONAL, 1);
    float[] expected = new float[4 * H];
    Arrays.fill(expected, H, 2 * H, 1);
    assertThat(lstm.get(2).values()).isEqualTo(expected);
    assertThat(lstm.get(3).values()).containsOnly(0);
    for (Weight weight : weights(Cells.named("gru"), Initialisation.ORTHOGONAL, 1).subList(2, 4)) {
      assertThat(weight.values()).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theSeedAndTheNameDecideEveryWeight(Cell cell) {
    for (Initialisation initialisation : Initialisation.values()) {
      List<Weight> one = weights(cell, initialisation, 1);
      List<Weight> again = weights(cell, initialisation, 1);
      List<Weight> other = weights(cell, initialisation, 2);
      for (int w = 0; w < one.size(); w++) {
        assertThat(again.get(w).values()).isEqualTo(one.get(w).values());
      }
      assertThat(other.get(0).values()).isNotEqualTo(one.get(0).values());
      assertThat(other.get(1).values()).isNotEqualTo(one.get(1).values());
      float[] input = Arrays.copyOf(one.get(0).values(), D);
      float[] recurrent = Arrays.copyOf(one.get(1).values(), D);
      assertThat(input).isNotEqualTo(recurrent);
    }
  }
}
