package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The long short-term memory cell: a gated sum c, read through an output gate.
 *
 * <pre>{@code
 * i = σ(W_ii·x + b_ii + W_hi·h' + b_hi)      input gate
 * f = σ(W_if·x + b_if + W_hf·h' + b_hf)      forget gate
 * g = tanh(W_ig·x + b_ig + W_hg·h' + b_hg)   candidate
 * o = σ(W_io·x + b_io + W_ho·h' + b_ho)      output gate
 * c = f·c' + i·g
 * h = o·tanh(c)
 * }</pre>
 *
 * <p>Hochreiter and Schmidhuber 1997 with the forget gate of Gers, Schmidhuber and Cummins 2000, no
 * peepholes; gates in PyTorch's order i f g o. Weights: {@code weight_ih [4·H, D], weight_hh [4·H,
 * H], bias_ih [4·H], bias_hh [4·H]}. State: h and c.
 */
public final class LstmCell implements FusedCell {
  @Override
  public String name() {
    return "lstm";
  }

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public int memory() {
    return 1; // tanh(c)
  }

  @Override
  public boolean splitsProducts() {
    return false;
  }

  @Override
  public float firstBias(String bias, int gate) {
    // remember at first: Jozefowicz, Zaremba and Sutskever 2015; the two biases are added
    return bias.equals("bias_ih") && gate == 1 ? 1 : 0;
  }

  @Override
  public Role role(String weight, int gate) {
    return Role.of(List.of(Role.ADMITS, Role.KEEPS, Role.CANDIDATE, Role.OTHER), weight, gate);
  }

  @Override
  public boolean hasCandidate() {
    return true;
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    int h = state[0].columns();
    Node a =
        e.add(
            e.add(e.product(x, w.get("weight_ih")), w.get("bias_ih")),
            e.add(e.product(state[0], w.get("weight_hh")), w.get("bias_hh")));
    Node i = e.sigmoid(Slices.columns(tape, a, 0, h)).named("i");
    Node f = e.sigmoid(Slices.columns(tape, a, h, h)).named("f");
    Node g = e.tanh(Slices.columns(tape, a, 2 * h, h)).named("g");
    Node o = e.sigmoid(Slices.columns(tape, a, 3 * h, h)).named("o");
    Node written = Candidate.of(e, w, g);
    Node c = e.add(e.multiply(f, state[1]), e.multiply(i, written));
    return new Node[] {e.multiply(o, e.tanh(c)), c};
  }

  @Override
  public void forward(Kernels kernels, Token t) {
    int m = t.rows;
    int n = t.hidden;
    float[] gates = t.gates;
    int i = t.gatesAt;
    int g = i + 2 * n;
    int o = g + n;
    kernels.sigmoid(m, 2 * n, gates, i, 4 * n);
    kernels.tanh(m, n, gates, g, 4 * n);
    kernels.sigmoid(m, n, gates, o, 4 * n);
    kernels.lstmState(m, n, gates, i, t.previous[1], t.previousAt[1], t.next[1], t.nextAt[1]);
    kernels.tanh(t.next[1], t.nextAt[1], t.memory, t.memoryAt, m * n);
    kernels.lstmOutput(m, n, gates, i, t.memory, t.memoryAt, t.next[0], t.nextAt[0]);
  }

  @Override
  public void backward(Kernels kernels, Token t) {
    kernels.lstmBackward(
        t.rows,
        t.hidden,
        t.gates,
        t.gatesAt,
        t.previous[1],
        t.previousAt[1],
        t.memory,
        t.memoryAt,
        t.blame[0],
        t.blameAt[0],
        t.blame[1],
        t.blameAt[1]);
    int end = t.blameAt[0] + t.rows * t.hidden;
    Arrays.fill(t.blame[0], t.blameAt[0], end, 0); // h' acts through W_hh alone
  }
}
