package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * The hyperbolic tangent of each number: {@code [N, width]} to {@code [N, width]}. A dense layer
 * with this upon it is a hidden layer.
 *
 * @param width how many columns
 */
public record Tanh(int width) implements Layer {
  /** A hidden layer: dense, then tanh; weights named as {@link Dense#of} names them. */
  static List<Layer> hidden(
      String prefix, int inputs, int outputs, Initialisation start, long seed) {
    return List.of(Dense.of(prefix, inputs, outputs, start, seed), new Tanh(outputs));
  }

  @Override
  public int inputs() {
    return width;
  }

  @Override
  public int outputs() {
    return width;
  }

  @Override
  public List<Weight> weights() {
    return List.of();
  }

  @Override
  public int[] states() {
    return new int[0];
  }

  @Override
  public Stepper stepper(StreamState state) {
    float[] y = new float[width];
    Kernels kernels = Kernels.get();
    return row -> {
      kernels.tanh(row, 0, y, 0, width);
      return y;
    };
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    Shape.requireColumns("Tanh input", width, x.columns(), "Was it made for another layer?");
    StateTensors.require("tanh", this, state);
    Node y = of(tape, x);
    if (x.hasEnds()) {
      y.ends(() -> of(tape, x.ends()));
    }
    return new Output(y, Output.STATELESS);
  }

  private static Node of(Tape tape, Node x) {
    int n = x.size();
    Kernels kernels = tape.kernels();
    Node y = tape.node(x.rows(), x.columns(), x.needsGradient());
    kernels.tanh(x.value(), 0, y.value(), 0, n);
    tape.record(
        y,
        () -> {
          float[] blame = tape.buffer(n);
          System.arraycopy(y.value(), 0, blame, 0, n);
          kernels.tanhBackward(blame, 0, y.gradient(), 0, n); // dx += dy·(1 - y²)
          kernels.axpy(1, blame, 0, x.gradient(), 0, n);
        });
    return y;
  }
}
