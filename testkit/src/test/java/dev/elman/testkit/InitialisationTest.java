package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.layers.Dense;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Recurrent;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights begin as they are said to. */
class InitialisationTest {
  private static final int D = 7;
  private static final int H = 30;

  static List<Cell> cells() {
    return AllCells.cells();
  }

  private static List<Weight> weights(Cell cell, Initialisation initialisation, long seed) {
    Recurrent.Name name = new Recurrent.Name("", "_l0");
    return new Recurrent(name, cell, D, H, initialisation, seed).weights();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void thatOfPyTorchIsUniformWithinOneOverTheRootOfH(Cell cell) {
    for (Cell.Kind kind : List.of(Cell.Kind.INPUT, Cell.Kind.RECURRENT, Cell.Kind.BIAS)) {
      for (Weight weight : matrices(cell, kind, Initialisation.PYTORCH, 1)) {
        requireUniform(weight, 1 / Math.sqrt(H));
      }
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
    for (Weight weight : matrices(cell, Cell.Kind.RECURRENT, Initialisation.ORTHOGONAL, 1)) {
      for (int row = 0; row < weight.rows(); row += H) {
        requireOrthogonal(weight, row);
      }
    }
  }

  /** Rows keep lengths where they are no more than the columns, else columns do. */
  private static void requireOrthogonal(Weight weight, int row) {
    int rows = Math.min(H, weight.rows());
    int columns = weight.columns();
    boolean wide = rows <= columns;
    int down = wide ? columns : 1;
    int along = wide ? 1 : columns;
    float[] w = weight.values();
    for (int i = 0; i < Math.min(rows, columns); i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          int at = row * columns + k * along;
          dot += w[at + i * down] * w[at + j * down];
        }
        assertThat(dot)
            .as("%s, %d, %d", weight.name(), row + i, j)
            .isCloseTo(i == j ? 1 : 0, offset(1e-5));
      }
    }
  }

  private static List<Weight> matrices(
      Cell cell, Cell.Kind kind, Initialisation initialisation, long seed) {
    List<Weight> all = weights(cell, initialisation, seed);
    List<Cell.WeightShape> shapes = cell.weights(D, H);
    return IntStream.range(0, all.size())
        .filter(w -> shapes.get(w).kind() == kind)
        .mapToObj(all::get)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Initialisation.class)
  void whatIsACellsOwnBeginsAsItSays(Initialisation initialisation) {
    List<Weight> norm = weights(Cells.named("lstm+layer-norm"), initialisation, 1);
    assertThat(norm.get(4).name()).isEqualTo("gain_ih_l0");
    assertThat(norm.get(4).values()).containsOnly(1);
    assertThat(norm.get(7).name()).isEqualTo("bias_c_l0");
    assertThat(norm.get(7).values()).containsOnly(0);
    Weight sampled = weights(Cells.named("rnn+leaky=sampled"), initialisation, 1).get(4);
    Weight learned = weights(Cells.named("rnn+leaky=learned"), initialisation, 1).get(4);
    assertThat(sampled.isTrained()).isFalse();
    assertThat(learned.isTrained()).isTrue();
    double below = 0;
    for (int j = 0; j < H; j++) {
      double a = sampled.values()[j];
      assertThat(a).isBetween(Math.exp(-1), Math.exp(-0.01));
      assertThat(1 / (1 + Math.exp(-learned.values()[j]))).isCloseTo(a, offset(1e-6));
      below += a < Math.exp(-0.1) ? 1 : 0; // a time constant below 10
    }
    assertThat(below / H).isBetween(0.3, 0.7);
  }

  @Test
  void theForgetGateBeginsOpenInEachVariant() {
    assertThat(gate(Cells.named("lstm+peepholes+projection=3"), 1)).containsOnly(1);
    assertThat(gate(Cells.named("lstm+coupled"), 0)).containsOnly(-1);
    assertThat(gate(Cells.named("lstm+deep=3+zoneout=0.1"), 1)).containsOnly(1);
  }

  private static float[] gate(Cell cell, int gate) {
    float[] biases = weights(cell, Initialisation.ORTHOGONAL, 1).get(2).values();
    return Arrays.copyOfRange(biases, gate * H, (gate + 1) * H);
  }

  @Test
  void aBiasOfAGateOfItsOwnBeginsAsTheCellSays() {
    List<Weight> weights = weights(new SeparateBiases(), Initialisation.ORTHOGONAL, 1);
    assertThat(weights.get(0).values()).containsOnly(0.5f);
    assertThat(weights.get(1).values()).containsOnly(-2);
  }

  /** {@code h = h' + f + n}, whose two gates have a bias each. */
  private record SeparateBiases() implements Cell {
    @Override
    public String name() {
      return "separate-biases";
    }

    @Override
    public List<WeightShape> weights(int inputs, int hidden) {
      return List.of(
          new WeightShape("bias_f", Kind.BIAS, hidden),
          new WeightShape("bias_n", Kind.BIAS, hidden));
    }

    @Override
    public int[] widths(int hidden) {
      return new int[] {hidden};
    }

    @Override
    public float firstBias(String bias, int gate) {
      return bias.equals("bias_f") ? 0.5f : -2;
    }

    @Override
    public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
      Equations e = new Equations(tape);
      return new Node[] {e.add(e.add(state[0], w.get("bias_f")), w.get("bias_n"))};
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
      for (int w = 0; w < one.size(); w++) {
        assertThat(again.get(w).values()).isEqualTo(one.get(w).values());
      }
      Weight input = matrices(cell, Cell.Kind.INPUT, initialisation, 1).get(0);
      Weight recurrent = matrices(cell, Cell.Kind.RECURRENT, initialisation, 1).get(0);
      assertThat(matrices(cell, Cell.Kind.INPUT, initialisation, 2).get(0).values())
          .isNotEqualTo(input.values());
      assertThat(matrices(cell, Cell.Kind.RECURRENT, initialisation, 2).get(0).values())
          .isNotEqualTo(recurrent.values());
      assertThat(Arrays.copyOf(input.values(), D))
          .isNotEqualTo(Arrays.copyOf(recurrent.values(), D));
    }
  }
}
