package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer whose first state is learned: every sequence begins with the same numbers, which training
 * changes like any weight, instead of with zeros.
 *
 * <p>Each state tensor {@code [B, width]} begins as B copies of a weight {@code [width]}, whose
 * gradient is the sum over the sequences that begin with it. A state that is carried on from an
 * earlier part of a sequence is a number like others, and no such copy.
 *
 * @param inner the layer
 * @param first one weight {@code [width]} for each of its state tensors
 */
public record LearnedStart(Layer inner, List<Weight> first) implements Layer {
  /** Checks that there is one weight for each state tensor. */
  public LearnedStart {
    first = List.copyOf(first);
    Shape.require(
        "Learned first state",
        inner.states(),
        first.stream().mapToInt(Weight::size).toArray(),
        "It needs one weight for each state tensor of the layer, as wide as that.");
  }

  /** First states that begin as zeros, named {@code first_state_0} and so on. */
  public static LearnedStart of(Layer inner, Recurrent.Name name) {
    List<Weight> first = new ArrayList<>();
    for (int width : inner.states()) {
      first.add(new Weight(name.of("first_state_" + first.size()), width));
    }
    return new LearnedStart(inner, first);
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
    List<Weight> weights = new ArrayList<>(inner.weights());
    weights.addAll(first);
    return weights;
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
  public Stepper stepper(StreamState state) {
    return inner.stepper(state);
  }

  @Override
  public Node[] firstState(Tape tape, int sequences) {
    Node[] state = new Node[first.size()];
    for (int s = 0; s < state.length; s++) {
      state[s] = copies(tape, first.get(s), sequences);
    }
    return state;
  }

  private static Node copies(Tape tape, Weight weight, int rows) {
    int width = weight.size();
    Node copies = tape.node(rows, width, true);
    tape.kernels().setRow(rows, width, weight.values(), 0, copies.value(), 0, width);
    tape.record(
        copies,
        () -> {
          float[] sums = tape.gradient(weight);
          tape.kernels().addColumnSums(rows, width, copies.gradient(), 0, width, sums, 0);
        });
    return copies;
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    Diagram.Wire y = inner.describe(diagram, x);
    for (int s = 0; s < first.size(); s++) {
      Diagram.Wire start = diagram.vector("learned first state " + s, first.get(s).size());
      diagram.connect(start, y, Diagram.Way.START, 0, "");
    }
    return y;
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    return inner.forward(tape, packing, x, state);
  }
}
