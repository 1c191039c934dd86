package dev.elman.examples;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.cells.Cell;
import java.util.List;
import java.util.Map;

/**
 * A cell of one's own, written as its equations: the simplified GRU of course notes, with an update
 * gate and no reset gate.
 *
 * <pre>{@code
 * c~ = tanh(W_cc·c' + W_cx·x + b_c)
 * u  = σ(W_uc·c' + W_ux·x + b_u)
 * c  = u·c~ + (1 - u)·c'
 * }</pre>
 *
 * <p>It trains through {@code Recurrent} like a built-in cell; that is all there is to write.
 */
public final class SimplifiedGru implements Cell {
  @Override
  public String name() {
    return "simplified-gru";
  }

  @Override
  public List<WeightShape> weights(int inputs, int hidden) {
    return List.of(
        new WeightShape("weight_cc", Kind.RECURRENT, hidden, hidden),
        new WeightShape("weight_cx", Kind.INPUT, hidden, inputs),
        new WeightShape("bias_c", Kind.BIAS, hidden),
        new WeightShape("weight_uc", Kind.RECURRENT, hidden, hidden),
        new WeightShape("weight_ux", Kind.INPUT, hidden, inputs),
        new WeightShape("bias_u", Kind.BIAS, hidden));
  }

  @Override
  public int[] widths(int hidden) {
    return new int[] {hidden};
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    Node before = state[0];
    Node candidate = e.tanh(sum(e, w, "c", before, x));
    Node u = e.sigmoid(sum(e, w, "u", before, x));
    return new Node[] {e.add(e.multiply(u, candidate), e.multiply(e.oneMinus(u), before))};
  }

  /** {@code W_c·c' + W_x·x + b} of one of the two. */
  private static Node sum(Equations e, Map<String, Node> w, String of, Node before, Node x) {
    Node recurrent = e.product(before, w.get("weight_" + of + "c"));
    Node input = e.product(x, w.get("weight_" + of + "x"));
    return e.add(e.add(recurrent, input), w.get("bias_" + of));
  }
}
