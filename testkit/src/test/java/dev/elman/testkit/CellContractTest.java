package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.cells.FusedCell;
import dev.elman.cells.GruCell;
import dev.elman.cells.Modifier;
import dev.elman.cells.Token;
import dev.elman.cells.Wrapper;
import dev.elman.kernels.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell's gradients are right, and its fused form is its equations. */
class CellContractTest {
  static List<Cell> cells() {
    return AllCells.cells();
  }

  static List<Cell> plain() {
    return Cells.all();
  }

  @Test
  void everyCellHasAName() {
    assertThat(Classes.implementing(Cell.class))
        .isSubsetOf(AllCells.cells().stream().flatMap(CellContractTest::parts).toList());
  }

  /** A cell and what it is around. */
  private static Stream<Class<?>> parts(Cell cell) {
    Stream<Class<?>> self = Stream.of(cell.getClass());
    return cell instanceof Wrapper w ? Stream.concat(self, parts(w.inner())) : self;
  }

  @ParameterizedTest
  @EnumSource(Modifier.class)
  void everyModifierIsTestedAndStandsInTheNotation(Modifier modifier) throws IOException {
    String word = modifier.text().replaceAll("=.*", "");
    assertThat(AllCells.modified())
        .anyMatch(cell -> (cell.name() + "+").matches(".*\\+" + word + "[=+].*"));
    assertThat(Files.readAllLines(Path.of("../docs/notation.md")))
        .as("the modifier %s has no row in the table of modifiers of docs/notation.md", word)
        .anyMatch(line -> line.startsWith("| `" + modifier.text() + "` | "));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void everyCellStandsInTheNotation(Cell cell) throws IOException {
    Path notation = Path.of("../docs/notation.md");
    assertThat(Files.readAllLines(notation))
        .as(
            "Cell %s has no row in the table of cells of docs/notation.md. Add one:"
                + " name, gates, state, gates in the rows of the weights, variant",
            cell.name())
        .anyMatch(line -> line.startsWith("| `" + cell.name() + "` | "));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyCellHasAReferenceOfTheSameWidths(Cell cell) {
    assertThat(ReferenceCell.of(cell.name()).widths(5)).as(cell.name()).isEqualTo(cell.widths(5));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void gradientsAreRightAndBothFormsAgree(Cell cell) {
    new CellContract(cell).require();
  }

  @Test
  void aCellOfOnesOwnIsADozenLines() {
    new CellContract(new LeakyCell(0)).require();
  }

  @Test
  void aWrongDerivativeIsNamedWithBothGradients() {
    assertThatThrownBy(() -> new CellContract(new LeakyCell(0.05f)).require())
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "(?s)Cell leaky, by its equations: Gradient of weight_ih_l0\\[\\d, \\d]: the tape gives"
                + " -?[\\d.]+, finite differences give -?[\\d.]+; \\d+ of 15 numbers of"
                + " weight_ih_l0 are wrong\\. Is a term .*\\?");
  }

  @Test
  void aWrongFusedFormIsNamedWithWeightAndGate() {
    assertThatThrownBy(() -> new CellContract(new ForgetfulGru()).require())
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "Cell forgetful-gru over one time step: the gradient of weight_ih_l0\\[\\d+, \\d]"
                + " \\(gate 1, counted from 0, unit \\d\\) is -?[\\d.E-]+ by its equations and"
                + " 0.0 by its fused form\\. Which of the two forgets a term\\?");
  }

  /** A GRU that passes no blame to its update gate. */
  private record ForgetfulGru(GruCell gru) implements FusedCell {
    ForgetfulGru() {
      this(new GruCell());
    }

    @Override
    public String name() {
      return "forgetful-gru";
    }

    @Override
    public int gates() {
      return gru.gates();
    }

    @Override
    public int states() {
      return gru.states();
    }

    @Override
    public int memory() {
      return gru.memory();
    }

    @Override
    public boolean splitsProducts() {
      return gru.splitsProducts();
    }

    @Override
    public Node[] step(Tape tape, Map<String, Node> weights, Node x, Node[] state) {
      return gru.step(tape, weights, x, state);
    }

    @Override
    public void forward(Kernels kernels, Token token) {
      gru.forward(kernels, token);
    }

    @Override
    public void backward(Kernels kernels, Token token) {
      gru.backward(kernels, token);
      for (int row = 0; row < token.rows; row++) {
        int update = token.gatesAt + (3 * row + 1) * token.hidden;
        Arrays.fill(token.gates, update, update + token.hidden, 0);
      }
    }
  }

  /**
   * {@code h = 0.7·h' + 0.3·sin(W·x + h')}.
   *
   * @param mistake added to the sine's derivative
   */
  private record LeakyCell(float mistake) implements Cell {
    @Override
    public String name() {
      return "leaky";
    }

    @Override
    public List<WeightShape> weights(int inputs, int hidden) {
      return List.of(new WeightShape("weight_ih", Kind.INPUT, hidden, inputs));
    }

    @Override
    public int[] widths(int hidden) {
      return new int[] {hidden};
    }

    @Override
    public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
      Equations e = new Equations(tape);
      Node a = e.add(e.product(x, w.get("weight_ih")), state[0]);
      Node sine =
          e.elementWise(a, v -> (float) Math.sin(v), (v, y) -> (float) (Math.cos(v) + mistake));
      return new Node[] {e.add(e.linear(0.7f, state[0], 0), e.linear(0.3f, sine, 0))};
    }
  }
}
