package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * A layer that adds to its input: {@code y = x + f(x)}, {@code [N, D]} to {@code [N, D]} (He,
 * Zhang, Ren and Sun 2016). Blame reaches the layers below by the sum as well, undiminished.
 *
 * @param inner f, as wide as its input
 */
public record Residual(Layer inner) implements Layer {
  /** Checks that input and output can be added. */
  public Residual {
    Shape.requireColumns(
        "Residual layer",
        inner.inputs(),
        inner.outputs(),
        "It adds its output to its input, so both need one width. Give it as many outputs as"
            + " inputs, or wrap it in Skip, which needs no equal widths.");
  }

  @Override
  public int inputs() {
    return inner.inputs();
  }

  @Override
  public int outputs() {
    return inner.outputs();
  }

  @Override
  public List<Weight> weights() {
    return inner.weights();
  }

  @Override
  public int[] states() {
    return inner.states();
  }

  @Override
  public boolean causal() {
    return inner.causal();
  }

  @Override
  public Node[] firstState(Tape tape, int sequences) {
    return inner.firstState(tape, sequences);
  }

  @Override
  public Stepper stepper(StreamState state) {
    Stepper step = inner.stepper(state);
    float[] sum = new float[outputs()];
    return row -> {
      float[] y = step.step(row);
      for (int j = 0; j < sum.length; j++) {
        sum[j] = row[j] + y[j];
      }
      return sum;
    };
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    return diagram.merge(Merge.SUM.sign(), outputs(), x, inner.describe(diagram, x));
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    Output output = inner.forward(tape, packing, x, state);
    return new Output(Skip.joined(tape, packing, Merge.SUM, x, output.rows()), output.state());
  }
}
