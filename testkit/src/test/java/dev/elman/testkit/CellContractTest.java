package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell's gradients are right, and its fused form is its equations. */
class CellContractTest {
  static List<Cell> cells() {
    return Cells.all();
  }

  @Test
  void everyCellHasAName() {
    assertThat(Classes.implementing(Cell.class))
        .isSubsetOf(Cells.all().stream().<Class<?>>map(Cell::getClass).toList());
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
            "(?s)Gradient of weight_ih_l0\\[\\d, \\d]: the tape gives -?[\\d.]+, finite"
                + " differences give -?[\\d.]+; \\d+ of 15 numbers of weight_ih_l0 are wrong\\."
                + " Is a term .*\\?");
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
    public int states() {
      return 1;
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
