package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import java.util.Arrays;
import java.util.Map;

/**
 * The simple recurrent cell: the state is a squashed sum of input and previous state.
 *
 * <pre>{@code
 * h = φ(W_ih·x + b_ih + W_hh·h' + b_hh)
 * }</pre>
 *
 * <p>Elman 1990; φ is tanh or the rectifier, as in PyTorch's {@code nn.RNN}. Weights: {@code
 * weight_ih [H, D], weight_hh [H, H], bias_ih [H], bias_hh [H]}. State: h.
 *
 * @param activation φ
 */
public record RnnCell(Activation activation) implements FusedCell {
  /** φ of the simple recurrent cell. */
  public enum Activation {
    /** The hyperbolic tangent. */
    TANH,
    /** {@code max(x, 0)}: call the cell {@code rnn-relu}. */
    RELU
  }

  @Override
  public String name() {
    return activation == Activation.TANH ? "rnn" : "rnn-relu";
  }

  @Override
  public int gates() {
    return 1;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public int memory() {
    return 0;
  }

  @Override
  public boolean splitsProducts() {
    return false;
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    Node a =
        e.add(
            e.add(e.product(x, w.get("weight_ih")), w.get("bias_ih")),
            e.add(e.product(state[0], w.get("weight_hh")), w.get("bias_hh")));
    return new Node[] {activation == Activation.TANH ? e.tanh(a) : e.relu(a)};
  }

  @Override
  public void forward(Kernels kernels, Token t) {
    int n = t.hidden;
    if (activation == Activation.TANH) {
      kernels.tanh(t.gates, t.gatesAt, t.gates, t.gatesAt, n);
    } else {
      rectify(n, t.gates, t.gatesAt);
    }
    System.arraycopy(t.gates, t.gatesAt, t.next[0], t.nextAt[0], n);
  }

  private static void rectify(int n, float[] a, int at) {
    for (int j = 0; j < n; j++) {
      a[at + j] = Math.max(a[at + j], 0);
    }
  }

  @Override
  public void backward(Kernels kernels, Token t) {
    int n = t.hidden;
    if (activation == Activation.TANH) {
      kernels.tanhBackward(t.gates, t.gatesAt, t.blame[0], t.blameAt[0], n);
    } else {
      throughRelu(n, t.gates, t.gatesAt, t.blame[0], t.blameAt[0]);
    }
    Arrays.fill(t.blame[0], t.blameAt[0], t.blameAt[0] + n, 0);
  }

  private static void throughRelu(int n, float[] a, int at, float[] dh, int dhAt) {
    for (int j = 0; j < n; j++) {
      a[at + j] = a[at + j] > 0 ? dh[dhAt + j] : 0; // dh where h > 0
    }
  }
}
