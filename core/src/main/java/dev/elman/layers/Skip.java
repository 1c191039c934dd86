package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * A layer whose input goes on beside its output: {@code y = [x f(x)]}, {@code [N, D]} to {@code [N,
 * D + outputs]}. Stacked, each layer reads the network's input and the output of every layer below,
 * and what comes out on top holds them all (Graves 2013, "Generating sequences with recurrent
 * neural networks").
 *
 * @param inner f
 */
public record Skip(Layer inner) implements Layer {
  @Override
  public int inputs() {
    return inner.inputs();
  }

  @Override
  public int outputs() {
    return inner.inputs() + inner.outputs();
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
    float[] both = new float[outputs()];
    int inputs = inputs();
    return row -> {
      System.arraycopy(row, 0, both, 0, inputs);
      System.arraycopy(step.step(row), 0, both, inputs, both.length - inputs);
      return both;
    };
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    return diagram.merge(Merge.CONCATENATE.sign(), outputs(), x, inner.describe(diagram, x));
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    Output output = inner.forward(tape, packing, x, state);
    return new Output(joined(tape, packing, Merge.CONCATENATE, x, output.rows()), output.state());
  }

  /** A layer's input merged with its output, row by row, and what stands for each sequence, too. */
  static Node joined(Tape tape, Packing packing, Merge merge, Node x, Node y) {
    Node out = merge.of(tape, x, y);
    if (x.hasEnds() || y.hasEnds()) {
      out.ends(
          () -> merge.of(tape, Pooling.ends(tape, packing, x), Pooling.ends(tape, packing, y)));
    }
    return out;
  }
}
