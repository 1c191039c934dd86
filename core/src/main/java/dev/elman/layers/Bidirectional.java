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
 * Two layers over the same sequence, one from its start and one from its end, whose rows are
 * merged: {@code [N, D]} to {@code [N, outputs of both]} where they stand side by side (Schuster
 * and Paliwal 1997).
 *
 * <p>Each row holds what both directions know at that token. What has read the whole sequence is
 * the forward layer's last row, merged with the backward layer's row of the first token ({@link
 * Node#ends}). The backward layer's final state is that after the sequence's first token, as in
 * PyTorch.
 *
 * @param forward runs from the first token to the last
 * @param backward runs from the last token to the first
 * @param merge how a token's two rows become one
 */
public record Bidirectional(Layer forward, Layer backward, Merge merge) implements Layer {
  /** Checks that both take the same inputs and are not one layer. */
  public Bidirectional {
    Shape.requireColumns(
        "Backward layer", forward.inputs(), backward.inputs(), "Both read the same rows.");
    if (forward == backward) {
      throw new IllegalArgumentException(
          "Bidirectional: expected two layers, got one twice, which would share its weights. "
              + "Make a second one.");
    }
    merge.outputs(forward.outputs(), backward.outputs());
  }

  /** Side by side, as in PyTorch. */
  public Bidirectional(Layer forward, Layer backward) {
    this(forward, backward, Merge.CONCATENATE);
  }

  @Override
  public int inputs() {
    return forward.inputs();
  }

  @Override
  public int outputs() {
    return merge.outputs(forward.outputs(), backward.outputs());
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
  public Node[] firstState(Tape tape, int sequences) {
    Node[] ahead = forward.firstState(tape, sequences);
    Node[] back = backward.firstState(tape, sequences);
    Node[] both = Arrays.copyOf(ahead, ahead.length + back.length);
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
    return diagram.merge(merge.sign(), outputs(), ahead, back);
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
    Node rows = merge.of(tape, ahead.rows(), Slices.gather(tape, back.rows(), reversed, n));
    rows.ends(
        () ->
            merge.of(
                tape,
                Pooling.ends(tape, packing, ahead.rows()),
                Pooling.ends(tape, packing, back.rows())));
    Node[] last = Arrays.copyOf(ahead.state(), state.length);
    System.arraycopy(back.state(), 0, last, middle, state.length - middle);
    return new Output(rows, last);
  }
}
