package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import java.util.List;
import java.util.Map;

/**
 * The gated recurrent unit: a state that is kept or replaced, unit by unit.
 *
 * <pre>{@code
 * r = σ(W_ir·x + b_ir + W_hr·h' + b_hr)          reset gate
 * z = σ(W_iz·x + b_iz + W_hz·h' + b_hz)          update gate: how much is kept
 * n = tanh(W_in·x + b_in + r·(W_hn·h' + b_hn))   candidate
 * h = (1 - z)·n + z·h'
 * }</pre>
 *
 * <p>Cho et al. 2014 with the reset gate applied after the recurrent product (PyTorch, cuDNN; ONNX
 * {@code linear_before_reset=1}); gates in PyTorch's order r z n. Weights: {@code weight_ih [3·H,
 * D], weight_hh [3·H, H], bias_ih [3·H], bias_hh [3·H]}. State: h.
 */
public final class GruCell implements FusedCell {
  @Override
  public String name() {
    return "gru";
  }

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public int memory() {
    return 1; // W_hn·h' + b_hn
  }

  @Override
  public boolean splitsProducts() {
    return true;
  }

  @Override
  public Role role(String weight, int gate) {
    return Role.of(List.of(Role.OTHER, Role.KEEPS, Role.CANDIDATE), weight, gate);
  }

  @Override
  public boolean hasCandidate() {
    return true;
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    int h = state[0].columns();
    Node a = e.add(e.product(x, w.get("weight_ih")), w.get("bias_ih"));
    Node b = e.add(e.product(state[0], w.get("weight_hh")), w.get("bias_hh"));
    Node r =
        e.sigmoid(e.add(Slices.columns(tape, a, 0, h), Slices.columns(tape, b, 0, h))).named("r");
    Node z =
        e.sigmoid(e.add(Slices.columns(tape, a, h, h), Slices.columns(tape, b, h, h))).named("z");
    Node reset = e.multiply(r, Slices.columns(tape, b, 2 * h, h));
    Node n = e.tanh(e.add(Slices.columns(tape, a, 2 * h, h), reset)).named("n");
    Node written = Candidate.of(e, w, n);
    return new Node[] {e.add(e.multiply(e.oneMinus(z), written), e.multiply(z, state[0]))};
  }

  @Override
  public void forward(Kernels kernels, Token t) {
    int m = t.rows;
    int h = t.hidden;
    float[] gates = t.gates;
    int r = t.gatesAt;
    int n = r + 2 * h;
    for (int row = 0; row < m; row++) {
      int at = t.recurrentAt + row * 3 * h;
      kernels.axpy(1, t.recurrent, at, gates, r + row * 3 * h, 2 * h);
      System.arraycopy(t.recurrent, at + 2 * h, t.memory, t.memoryAt + row * h, h);
    }
    kernels.sigmoid(m, 2 * h, gates, r, 3 * h);
    kernels.gruCandidate(m, h, gates, r, t.memory, t.memoryAt);
    kernels.tanh(m, h, gates, n, 3 * h);
    kernels.gruState(m, h, gates, r, t.previous[0], t.previousAt[0], t.next[0], t.nextAt[0]);
  }

  @Override
  public void backward(Kernels kernels, Token t) {
    kernels.gruBackward(
        t.rows,
        t.hidden,
        t.gates,
        t.gatesAt,
        t.previous[0],
        t.previousAt[0],
        t.memory,
        t.memoryAt,
        t.recurrent,
        t.recurrentAt,
        t.blame[0],
        t.blameAt[0]);
  }
}
