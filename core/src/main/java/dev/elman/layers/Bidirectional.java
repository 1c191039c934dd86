package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two layers over the same sequence, one from its start and one from its end, side by side: {@code
 * [N, D]} to {@code [N, outputs of both]} (Schuster and Paliwal 1997).
 *
 * <p>Each row holds what both directions know at that token. The backward layer's final state is
 * that after the sequence's first token, as in PyTorch.
 *
 * @param forward runs from the first token to the last
 * @param backward runs from the last token to the first
 */
public record Bidirectional(Layer forward, Layer backward) implements Layer {
  /** Checks that both take the same inputs and are not one layer. */
  public Bidirectional {
    Shape.requireColumns(
        "Backward layer", forward.inputs(), backward.inputs(), "Both read the same rows.");
    if (forward == backward) {
      throw new IllegalArgumentException(
          "Bidirectional: expected two layers, got one twice, which would share its weights. "
              + "Make a second one.");
    }
  }

  @Override
  public int inputs() {
    return forward.inputs();
  }

  @Override
  public int outputs() {
    return forward.outputs() + backward.outputs();
  }

  @Override
  public List<Weight> weights() {
    List<Weight> weights = new ArrayList<>(forward.weights());
    weights.addAll(backward.weights());
    return weights;
  }

  @Override
  public int[] states() {
    int[] ahead = forward.states();
    int[] back = backward.states();
    int[] both = Arrays.copyOf(ahead, ahead.length + back.length);
    System.arraycopy(back, 0, both, ahead.length, back.length);
    return both;
  }

  @Override
  public boolean causal() {
    return false;
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    Diagram.Wire ahead = forward.describe(diagram, x);
    Diagram.Wire back = backward.describe(diagram.backwards(), x);
    return diagram.merge("side by side", outputs(), ahead, back);
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    StateTensors.require("both directions", this, state);
    int middle = forward.states().length;
    int[] reversed = packing.reversed();
    int n = packing.tokens();
    Output ahead = forward.forward(tape, packing, x, Arrays.copyOf(state, middle));
    Node turned = Slices.gather(tape, x, reversed, n);
    Node[] lastState = Arrays.copyOfRange(state, middle, state.length);
    Output back = backward.forward(tape, packing, turned, lastState);
    Node rows =
        Slices.joinColumns(tape, ahead.rows(), Slices.gather(tape, back.rows(), reversed, n));
    Node[] last = Arrays.copyOf(ahead.state(), state.length);
    System.arraycopy(back.state(), 0, last, middle, state.length - middle);
    return new Output(rows, last);
  }
}
