package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.cells.Role;
import dev.elman.layers.Dense;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Recurrent;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights begin as they are said to. */
class InitialisationTest {
  private static final int D = 7;
  private static final int H = 30;

  static List<Cell> cells() {
    return AllCells.cells();
  }

  static List<Initialisation> all() {
    return List.of(
        Initialisation.PYTORCH,
        Initialisation.ORTHOGONAL,
        Initialisation.IDENTITY,
        Initialisation.chrono(50));
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
  @MethodSource("all")
  void whatIsACellsOwnBeginsAsItSays(Initialisation initialisation) {
    List<Weight> norm = weights(Cells.named("lstm+layer-norm"), initialisation, 1);
    assertThat(norm.get(4).name()).isEqualTo("gain_ih_l0");
    assertThat(norm.get(4).values()).containsOnly(1);
    assertThat(norm.get(7).name()).isEqualTo("bias_c_l0");
    assertThat(norm.get(7).values()).containsOnly(0);
    Weight sampled = weights(Cells.named("gru+leaky=sampled"), initialisation, 1).get(4);
    Weight learned = weights(Cells.named("gru+leaky=learned"), initialisation, 1).get(4);
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
    public Role role(String weight, int gate) {
      return weight.equals("bias_f") ? Role.KEEPS : Role.ADMITS;
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
    for (Initialisation initialisation :
        List.of(Initialisation.PYTORCH, Initialisation.ORTHOGONAL)) {
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

  @ParameterizedTest
  @ValueSource(strings = {"rnn-relu", "lstm+coupled", "lstm", "gru", "gru+update-only", "rnn"})
  void theCandidateOfAnIdentityKeepsTheState(String name) {
    Cell cell = Cells.named(name);
    List<Weight> weights = weights(cell, Initialisation.IDENTITY, 1);
    float[] recurrent = weights.get(1).values();
    int candidate =
        switch (name) {
          case "lstm", "gru" -> 2;
          case "lstm+coupled", "gru+update-only" -> 1;
          default -> 0;
        };
    for (int row = 0; row < weights.get(1).rows(); row++) {
      for (int j = 0; j < H; j++) {
        boolean one = row == candidate * H + j;
        assertThat(recurrent[row * H + j]).isCloseTo(one ? 1 : 0, offset(0.006f));
        if (row / H == candidate) {
          assertThat(recurrent[row * H + j]).isEqualTo(one ? 1 : 0);
        }
      }
    }
    double squares = 0;
    for (float value : weights.get(0).values()) {
      squares += value * value;
    }
    assertThat(Math.sqrt(squares / weights.get(0).size())).isCloseTo(0.001, offset(0.0003));
    assertThat(weights.get(2).values()).containsOnly(0);
    assertThat(weights.get(3).values()).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, 1, 0", // keeps by its forget gate, admits by its input gate
    "lstm+peepholes+layer-norm+leaky=0.5, 1, 0",
    "lstm+coupled, -1, 0",
    "gru, 1, -1",
    "gru+reset-before+zoneout=0.1, 1, -1",
    "gru+update-only, 0, -1",
    "gru+update-replaces, -1, 1"
  })
  void chronoSpreadsTheMemoriesOfUnits(String name, int keeps, int admits) {
    float[] bias = bias(weights(Cells.named(name), Initialisation.chrono(100), 1));
    double shortest = 99;
    double longest = 0;
    for (int i = 0; i < bias.length; i++) {
      int gate = i / H;
      if (gate == keeps || gate == admits) {
        double scale = Math.exp(gate == keeps ? bias[i] : -bias[i]);
        assertThat(scale).isBetween(0.999, 99.001);
        shortest = Math.min(shortest, scale);
        longest = Math.max(longest, scale);
      } else {
        assertThat(bias[i]).isZero();
      }
      if (keeps >= 0 && admits >= 0 && gate == keeps) {
        assertThat(bias[admits * H + i % H]).isEqualTo(-bias[i]);
      }
    }
    assertThat(shortest).isLessThan(15);
    assertThat(longest).isGreaterThan(85);
    List<Weight> weights = weights(Cells.named(name), Initialisation.chrono(100), 1);
    assertThat(weights.get(3).values()).containsOnly(0);
    assertThat(weights.get(1).values())
        .isEqualTo(weights(Cells.named(name), Initialisation.ORTHOGONAL, 1).get(1).values());
    assertThat(bias(weights(Cells.named(name), Initialisation.chrono(100), 1))).isEqualTo(bias);
    assertThat(bias(weights(Cells.named(name), Initialisation.chrono(100), 2))).isNotEqualTo(bias);
  }

  private static float[] bias(List<Weight> weights) {
    return weights.get(2).values();
  }

  @Test
  void gatesWithABiasOfTheirOwnShareTheirTimeScales() {
    List<Weight> weights = weights(new SeparateBiases(), Initialisation.chrono(20), 1);
    for (int j = 0; j < H; j++) {
      assertThat(weights.get(1).values()[j]).isEqualTo(-weights.get(0).values()[j]);
    }
  }

  @Test
  void cellsThatLackWhatIsNeededAreRefused() {
    assertThatThrownBy(() -> weights(Cells.named("rnn"), Initialisation.chrono(100), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected a cell with a gate that keeps its state, such as lstm or gru, for the"
                + " initialisation chrono, found 'rnn'.\nLikely cause: the cell has none, or does"
                + " not name it (Cell.role).\nCure: use --cell lstm, or --init orthogonal.");
    for (String name : List.of("rnn+deep=8", "lstm+projection=3")) {
      assertThatThrownBy(() -> weights(Cells.named(name), Initialisation.IDENTITY, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("computed by a square matrix of its own, such as rnn-relu")
          .hasMessageContaining("found '" + name + "'")
          .hasMessageContaining("Cure: use --init orthogonal.");
    }
  }

  @Test
  void namesAreReadBack() {
    for (Initialisation one : all()) {
      assertThat(Initialisation.named(one.name())).isEqualTo(one);
      assertThat(Initialisation.named(one.name().toLowerCase(Locale.ROOT))).isEqualTo(one);
    }
    assertThatThrownBy(() -> Initialisation.named("ortogonal"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected one of pytorch, orthogonal, identity, chrono=T as initialisation (--init),"
                + " found 'ortogonal'.\nLikely cause: a misspelt name.\nCure: did you mean"
                + " 'orthogonal'?");
    for (String name : List.of("chrono", "chrono=", "chrono=2", "chrono=1e3")) {
      assertThatThrownBy(() -> Initialisation.named(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("T a whole number of at least 3 steps, found '" + name + "'")
          .hasMessageContaining("Cure: try --init chrono=100.");
    }
    assertThatThrownBy(() -> Initialisation.chrono(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chrono: expected at least 3 steps to be remembered over, got 2");
  }
}
