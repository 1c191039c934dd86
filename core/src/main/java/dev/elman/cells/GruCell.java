package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
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
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    int h = state[0].columns();
    Node a = e.add(e.product(x, w.get("weight_ih")), w.get("bias_ih"));
    Node b = e.add(e.product(state[0], w.get("weight_hh")), w.get("bias_hh"));
    Node r = e.sigmoid(e.add(Slices.columns(tape, a, 0, h), Slices.columns(tape, b, 0, h)));
    Node z = e.sigmoid(e.add(Slices.columns(tape, a, h, h), Slices.columns(tape, b, h, h)));
    Node reset = e.multiply(r, Slices.columns(tape, b, 2 * h, h));
    Node n = e.tanh(e.add(Slices.columns(tape, a, 2 * h, h), reset));
    return new Node[] {e.add(e.multiply(e.oneMinus(z), n), e.multiply(z, state[0]))};
  }

  @Override
  public void forward(Kernels kernels, Token t) {
    int h = t.hidden;
    float[] gates = t.gates;
    int r = t.gatesAt;
    int z = r + h;
    int n = z + h;
    kernels.axpy(1, t.recurrent, t.recurrentAt, gates, r, 2 * h);
    kernels.sigmoid(gates, r, gates, r, 2 * h);
    System.arraycopy(t.recurrent, t.recurrentAt + 2 * h, t.memory, t.memoryAt, h);
    reset(h, gates, r, n, t.memory, t.memoryAt);
    kernels.tanh(gates, n, gates, n, h);
    mix(h, gates, z, n, t.previous[0], t.previousAt[0], t.next[0], t.nextAt[0]);
  }

  private static void reset(int h, float[] a, int r, int n, float[] memory, int m) {
    for (int j = 0; j < h; j++) {
      a[n + j] = Math.fma(a[r + j], memory[m + j], a[n + j]); // W_in·x + r·(W_hn·h' + b_hn)
    }
  }

  private static void mix(
      int h, float[] a, int z, int n, float[] previous, int p, float[] next, int out) {
    for (int j = 0; j < h; j++) {
      float keep = a[z + j];
      next[out + j] = Math.fma(keep, previous[p + j], (1 - keep) * a[n + j]); // (1 - z)·n + z·h'
    }
  }

  @Override
  public void backward(Kernels kernels, Token t) {
    int h = t.hidden;
    unmix(h, t.gates, t.gatesAt, t.previous[0], t.previousAt[0], t.blame[0], t.blameAt[0]);
    unreset(h, t.gates, t.gatesAt, t.memory, t.memoryAt, t.recurrent, t.recurrentAt);
    System.arraycopy(t.gates, t.gatesAt, t.recurrent, t.recurrentAt, 2 * h);
  }

  /** Through h = (1 - z)·n + z·h'. */
  private static void unmix(
      int h, float[] a, int r, float[] previous, int p, float[] dh, int dhAt) {
    int z = r + h;
    int n = z + h;
    for (int j = 0; j < h; j++) {
      float keep = a[z + j];
      float candidate = a[n + j];
      float blame = dh[dhAt + j];
      a[z + j] = blame * (previous[p + j] - candidate) * keep * (1 - keep); // dz
      a[n + j] = blame * (1 - keep) * (1 - candidate * candidate); // dn, before tanh
      dh[dhAt + j] = blame * keep; // dh' = dh · z, the straight part
    }
  }

  /** Through r·(W_hn·h' + b_hn). */
  private static void unreset(
      int h, float[] a, int r, float[] memory, int m, float[] recurrent, int at) {
    int n = r + 2 * h;
    int rn = at + 2 * h;
    for (int j = 0; j < h; j++) {
      float gate = a[r + j];
      float blame = a[n + j];
      recurrent[rn + j] = blame * gate; // d(W_hn·h' + b_hn) = dn · r
      a[r + j] = blame * memory[m + j] * gate * (1 - gate); // dr
    }
  }
}
