package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import java.util.Arrays;
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
  public float firstBias(int gate) {
    return gate == 1 ? 1 : 0; // remember at first: Jozefowicz, Zaremba and Sutskever 2015
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    int h = state[0].columns();
    Node a =
        e.add(
            e.add(e.product(x, w.get("weight_ih")), w.get("bias_ih")),
            e.add(e.product(state[0], w.get("weight_hh")), w.get("bias_hh")));
    Node i = e.sigmoid(Slices.columns(tape, a, 0, h));
    Node f = e.sigmoid(Slices.columns(tape, a, h, h));
    Node g = e.tanh(Slices.columns(tape, a, 2 * h, h));
    Node o = e.sigmoid(Slices.columns(tape, a, 3 * h, h));
    Node c = e.add(e.multiply(f, state[1]), e.multiply(i, g));
    return new Node[] {e.multiply(o, e.tanh(c)), c};
  }

  @Override
  public void forward(Kernels kernels, Token t) {
    int n = t.hidden;
    float[] gates = t.gates;
    int i = t.gatesAt;
    int f = i + n;
    int g = f + n;
    int o = g + n;
    kernels.sigmoid(gates, i, gates, i, 2 * n);
    kernels.tanh(gates, g, gates, g, n);
    kernels.sigmoid(gates, o, gates, o, n);
    remember(n, gates, i, f, g, t.previous[1], t.previousAt[1], t.next[1], t.nextAt[1]);
    kernels.tanh(t.next[1], t.nextAt[1], t.memory, t.memoryAt, n);
    multiply(n, gates, o, t.memory, t.memoryAt, t.next[0], t.nextAt[0]);
  }

  private static void remember(
      int n, float[] a, int i, int f, int g, float[] previous, int p, float[] next, int c) {
    for (int j = 0; j < n; j++) {
      next[c + j] = Math.fma(a[f + j], previous[p + j], a[i + j] * a[g + j]); // c = f·c' + i·g
    }
  }

  private static void multiply(int n, float[] a, int o, float[] tanh, int m, float[] out, int h) {
    for (int j = 0; j < n; j++) {
      out[h + j] = a[o + j] * tanh[m + j]; // h = o·tanh(c)
    }
  }

  @Override
  public void backward(Kernels kernels, Token t) {
    int i = t.gatesAt;
    float[] dc = t.blame[1];
    int dcAt = t.blameAt[1];
    read(t.hidden, t.gates, i, t.memory, t.memoryAt, t.blame[0], t.blameAt[0], dc, dcAt);
    write(t.hidden, t.gates, i, t.previous[1], t.previousAt[1], dc, dcAt);
    Arrays.fill(t.blame[0], t.blameAt[0], t.blameAt[0] + t.hidden, 0);
  }

  /** Through h = o·tanh(c). */
  private static void read(
      int n, float[] a, int i, float[] tanh, int m, float[] dh, int dhAt, float[] dc, int dcAt) {
    int o = i + 3 * n;
    for (int j = 0; j < n; j++) {
      float out = a[o + j];
      float y = tanh[m + j];
      float blame = dh[dhAt + j];
      dc[dcAt + j] += blame * out * (1 - y * y); // dc += dh · o · (1 - tanh(c)²)
      a[o + j] = blame * y * out * (1 - out); // do = dh · tanh(c) · σ'
    }
  }

  /** Through c = f·c' + i·g. */
  private static void write(
      int n, float[] a, int i, float[] previous, int p, float[] dc, int dcAt) {
    int f = i + n;
    int g = f + n;
    for (int j = 0; j < n; j++) {
      float in = a[i + j];
      float forget = a[f + j];
      float candidate = a[g + j];
      float blame = dc[dcAt + j];
      a[i + j] = blame * candidate * in * (1 - in); // di = dc · g · σ'
      a[f + j] = blame * previous[p + j] * forget * (1 - forget); // df = dc · c' · σ'
      a[g + j] = blame * in * (1 - candidate * candidate); // dg = dc · i · tanh'
      dc[dcAt + j] = blame * forget; // dc' = dc · f
    }
  }
}
