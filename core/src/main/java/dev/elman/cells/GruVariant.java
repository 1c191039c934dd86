package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import java.util.List;
import java.util.Map;

/**
 * The gated recurrent unit with its reset gate elsewhere or nowhere, and with either reading of its
 * update gate.
 *
 * <pre>{@code
 * r = σ(W_ir·x + b_ir + W_hr·h' + b_hr)
 * z = σ(W_iz·x + b_iz + W_hz·h' + b_hz)
 *
 * n = tanh(W_in·x + b_in + r·(W_hn·h' + b_hn))   reset after the product, as GruCell
 * n = tanh(W_in·x + b_in + W_hn·(r·h') + b_hn)   reset before it
 * n = tanh(W_in·x + b_in + W_hn·h' + b_hn)       update gate only: no r
 *
 * h = (1 - z)·n + z·h'                           z keeps, as GruCell
 * h = z·n + (1 - z)·h'                           z replaces
 * }</pre>
 *
 * <p>Reset before: Cho et al. 2014 (arXiv v3), Keras with {@code reset_after=False}, ONNX with
 * {@code linear_before_reset=0}. Replacing: Chung et al. 2014; that and the update gate alone is
 * the simplified unit of many course notes. The two readings are one cell with z and 1 - z swapped:
 * weights and biases of z of the other sign. Weights: {@code weight_ih [G·H, D], weight_hh [G·H,
 * H], bias_ih [G·H], bias_hh [G·H]}, gates r z n, or z n. State: h.
 *
 * @param reset what the reset gate acts on
 * @param update what the update gate does
 */
public record GruVariant(Reset reset, Update update) implements Cell {
  /** What the reset gate acts on. */
  public enum Reset {
    /** The state's product. */
    AFTER(3, ""),
    /** The state, before its product. */
    BEFORE(3, "+reset-before"),
    /** Nothing: there is none. */
    NONE(2, "+update-only");

    private final int gates;
    private final String modifier;

    Reset(int gates, String modifier) {
      this.gates = gates;
      this.modifier = modifier;
    }
  }

  /** What the update gate does where it is 1. */
  public enum Update {
    /** It keeps the old state. */
    KEEPS,
    /** It replaces the old state. */
    REPLACES
  }

  @Override
  public String name() {
    return "gru" + reset.modifier + (update == Update.KEEPS ? "" : "+update-replaces");
  }

  @Override
  public int[] widths(int hidden) {
    return new int[] {hidden};
  }

  @Override
  public List<WeightShape> weights(int inputs, int hidden) {
    int rows = reset.gates * hidden;
    return List.of(
        new WeightShape("weight_ih", Kind.INPUT, rows, inputs),
        new WeightShape("weight_hh", Kind.RECURRENT, rows, hidden),
        new WeightShape("bias_ih", Kind.BIAS, rows),
        new WeightShape("bias_hh", Kind.BIAS, rows));
  }

  @Override
  public Role role(String weight, int gate) {
    Role z = update == Update.KEEPS ? Role.KEEPS : Role.ADMITS;
    List<Role> gates =
        reset.gates == 2 ? List.of(z, Role.CANDIDATE) : List.of(Role.OTHER, z, Role.CANDIDATE);
    return Role.of(gates, weight, gate);
  }

  @Override
  public boolean hasCandidate() {
    return true;
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    Node before = state[0];
    Node a = e.add(e.product(x, w.get("weight_ih")), w.get("bias_ih"));
    Node b = recurrent(e, w, before);
    int n = reset.gates - 1;
    Node z = e.sigmoid(e.add(gate(tape, a, n - 1), gate(tape, b, n - 1))).named("z");
    Node candidate =
        switch (reset) {
          case AFTER -> e.multiply(r(tape, a, b), gate(tape, b, n));
          case BEFORE -> gate(tape, recurrent(e, w, e.multiply(r(tape, a, b), before)), n);
          case NONE -> gate(tape, b, n);
        };
    Node next = e.tanh(e.add(gate(tape, a, n), candidate)).named("n");
    Node written = Candidate.of(e, w, next);
    Node rest = e.oneMinus(z);
    return new Node[] {
      update == Update.KEEPS
          ? e.add(e.multiply(rest, written), e.multiply(z, before))
          : e.add(e.multiply(z, written), e.multiply(rest, before))
    };
  }

  private static Node recurrent(Equations e, Map<String, Node> w, Node h) {
    return e.add(e.product(h, w.get("weight_hh")), w.get("bias_hh"));
  }

  private Node r(Tape tape, Node a, Node b) {
    Equations e = new Equations(tape);
    return e.sigmoid(e.add(gate(tape, a, 0), gate(tape, b, 0))).named("r");
  }

  private Node gate(Tape tape, Node all, int gate) {
    int h = all.columns() / reset.gates;
    return Slices.columns(tape, all, gate * h, h);
  }
}
