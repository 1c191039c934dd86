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
    kernels.addMultiplied(
        h, gates, r, t.memory, t.memoryAt, gates, n); // W_in·x + r·(W_hn·h' + b_hn)
    kernels.tanh(gates, n, gates, n, h);
    float[] previous = t.previous[0];
    int p = t.previousAt[0];
    kernels.mix(h, gates, z, previous, p, gates, n, t.next[0], t.nextAt[0]); // (1 - z)·n + z·h'
  }

  @Override
  public void backward(Kernels kernels, Token t) {
    int h = t.hidden;
    float[] a = t.gates;
    int r = t.gatesAt;
    int z = r + h;
    int n = z + h;
    float[] dh = t.blame[0];
    int dhAt = t.blameAt[0];
    float[] apart = t.recurrent;
    int at = t.recurrentAt;
    int rn = at + 2 * h;
    kernels.multiply(h, dh, dhAt, a, z, t.room, 0); // dh' = dh · z, the straight part
    System.arraycopy(t.previous[0], t.previousAt[0], apart, rn, h);
    kernels.axpy(-1, a, n, apart, rn, h);
    kernels.sigmoidGradient(h, dh, dhAt, apart, rn, a, z, a, z); // dz = dh · (h' - n) · σ'
    kernels.axpy(-1, t.room, 0, dh, dhAt, h);
    kernels.tanhGradient(h, dh, dhAt, a, n, a, n); // dn = dh · (1 - z) · tanh'
    System.arraycopy(t.room, 0, dh, dhAt, h);
    kernels.multiply(h, a, n, a, r, apart, rn); // d(W_hn·h' + b_hn) = dn · r
    kernels.sigmoidGradient(h, a, n, t.memory, t.memoryAt, a, r, a, r); // dr
    System.arraycopy(a, r, apart, at, 2 * h);
  }
}
