package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The simple recurrent cell: the state is a squashed sum of input and previous state.
 *
 * <pre>{@code
 * h = φ(W_ih·x + b_ih + W_hh·h' + b_hh)
 * }</pre>
 *
 * <p>Elman 1990; φ is tanh or the rectifier, as in PyTorch's {@code nn.RNN}, or the logistic
 * sigmoid. With W_ih = U, W_hh = W and a dense layer V on top it is the network of Graves 2012 and
 * of Goodfellow, Bengio and Courville 2016 (10.8 to 10.11). Weights: {@code weight_ih [H, D],
 * weight_hh [H, H], bias_ih [H], bias_hh [H]}. State: h.
 *
 * @param activation φ
 */
public record RnnCell(Activation activation) implements FusedCell {
  /** φ of the simple recurrent cell. */
  public enum Activation {
    /** The hyperbolic tangent. */
    TANH,
    /** {@code max(x, 0)}: call the cell {@code rnn-relu}. */
    RELU,
    /** {@code 1 / (1 + exp(-x))}: call the cell {@code rnn-sigmoid}. */
    SIGMOID
  }

  @Override
  public String name() {
    return switch (activation) {
      case TANH -> "rnn";
      case RELU -> "rnn-relu";
      case SIGMOID -> "rnn-sigmoid";
    };
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
  public Role role(String weight, int gate) {
    return Role.of(List.of(Role.CANDIDATE), weight, gate);
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    Node a =
        e.add(
            e.add(e.product(x, w.get("weight_ih")), w.get("bias_ih")),
            e.add(e.product(state[0], w.get("weight_hh")), w.get("bias_hh")));
    Node h =
        switch (activation) {
          case TANH -> e.tanh(a);
          case RELU -> e.relu(a);
          case SIGMOID -> e.sigmoid(a);
        };
    return new Node[] {h};
  }

  @Override
  public void forward(Kernels kernels, Token t) {
    int n = t.rows * t.hidden; // its one gate leaves nothing between tokens
    switch (activation) {
      case TANH -> kernels.tanh(t.gates, t.gatesAt, t.gates, t.gatesAt, n);
      case RELU -> rectify(n, t.gates, t.gatesAt);
      case SIGMOID -> kernels.sigmoid(t.gates, t.gatesAt, t.gates, t.gatesAt, n);
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
    int n = t.rows * t.hidden; // its one gate leaves nothing between tokens
    switch (activation) {
      case TANH -> kernels.tanhBackward(t.gates, t.gatesAt, t.blame[0], t.blameAt[0], n);
      case RELU -> throughRelu(n, t.gates, t.gatesAt, t.blame[0], t.blameAt[0]);
      case SIGMOID -> throughSigmoid(n, t.gates, t.gatesAt, t.blame[0], t.blameAt[0]);
    }
    Arrays.fill(t.blame[0], t.blameAt[0], t.blameAt[0] + n, 0);
  }

  private static void throughRelu(int n, float[] a, int at, float[] dh, int dhAt) {
    for (int j = 0; j < n; j++) {
      a[at + j] = a[at + j] > 0 ? dh[dhAt + j] : 0; // dh where h > 0
    }
  }

  private static void throughSigmoid(int n, float[] a, int at, float[] dh, int dhAt) {
    for (int j = 0; j < n; j++) {
      a[at + j] = dh[dhAt + j] * (a[at + j] * (1 - a[at + j])); // dh · h·(1 - h)
    }
  }
}
