package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * A dense layer of tanh units, {@code y = tanh(x·Wᵀ + b)}: {@code [N, D]} to {@code [N, outputs]}.
 *
 * <p>With its output fed back it is the hidden layer of a network that remembers nothing else, as
 * Jordan (1986) has it.
 *
 * @param dense before the tanh
 */
public record TanhDense(Dense dense) implements Layer {
  /** A new layer whose weights are named {@code prefix + "weight"} and {@code prefix + "bias"}. */
  public static TanhDense of(String prefix, int inputs, int outputs, Start start) {
    return new TanhDense(Dense.of(prefix, inputs, outputs, start.initialisation(), start.seed()));
  }

  @Override
  public int inputs() {
    return dense.inputs();
  }

  @Override
  public int outputs() {
    return dense.outputs();
  }

  @Override
  public List<Weight> weights() {
    return dense.weights();
  }

  @Override
  public int[] states() {
    return dense.states();
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    return diagram.box(Diagram.Box.of("dense tanh", this), x);
  }

  @Override
  public Stepper stepper(StreamState state) {
    Stepper step = dense.stepper(state);
    Kernels kernels = Kernels.get();
    float[] y = new float[outputs()];
    return row -> {
      kernels.tanh(step.step(row), 0, y, 0, y.length);
      return y;
    };
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    StateTensors.require("dense layer of tanh units", this, state);
    Node y = forward(tape, x);
    if (x.hasEnds()) {
      y.ends(() -> forward(tape, x.ends()));
    }
    return new Output(y, Output.STATELESS);
  }

  /** The same for rows of any kind, such as one for each sequence. */
  public Node forward(Tape tape, Node x) {
    Node a = dense.forward(tape, x);
    Node y = tape.node(a.rows(), a.columns(), true);
    tape.kernels().tanh(a.value(), 0, y.value(), 0, y.size());
    tape.record(y, () -> backward(y.size(), y.value(), y.gradient(), a.gradient()));
    return y;
  }

  /** da += dy (1 - y²). */
  private static void backward(int n, float[] y, float[] dy, float[] da) {
    for (int i = 0; i < n; i++) {
      da[i] += dy[i] * (1 - y[i] * y[i]);
    }
  }
}
