package dev.elman.cells;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The weights that a cell multiplies its old output with, so that a wrapper can put something
 * before them: then what they read is changed, and what passes straight on, as an LSTM's c or what
 * a GRU keeps, is not.
 *
 * @param names of the cell's weights of kind {@link Cell.Kind#RECURRENT}
 */
record RecurrentWeights(List<String> names) {
  private static final int MANY = 1 << 16; // units: kinds do not depend on it

  static RecurrentWeights of(Cell cell) {
    return new RecurrentWeights(
        cell.weights(1, MANY).stream()
            .filter(shape -> shape.kind() == Cell.Kind.RECURRENT)
            .map(Cell.WeightShape::name)
            .toList());
  }

  /** All weights, those of the names with a function before them. */
  Map<String, Node> reading(Tape tape, Map<String, Node> weights, UnaryOperator<Node> function) {
    Map<String, Node> all = new HashMap<>(weights);
    Once once = new Once(function);
    for (String name : names) {
      all.put(name, tape.reading(weights.get(name), once));
    }
    return all;
  }

  /** Several weights read one node: its function is computed once. */
  private static final class Once implements UnaryOperator<Node> {
    private final UnaryOperator<Node> function;
    private Node argument;
    private Node result;

    Once(UnaryOperator<Node> function) {
      this.function = function;
    }

    @Override
    public Node apply(Node x) {
      if (x != argument) {
        argument = x;
        result = function.apply(x);
      }
      return result;
    }
  }
}
