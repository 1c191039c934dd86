package dev.elman.testkit;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.layers.Layer;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Input and first state for a layer: seeded random numbers, no two alike.
 *
 * @param x {@code [N, D]}, packed
 * @param state one array {@code [B, width]} for each state tensor
 */
public record Probe(Packing packing, float[] x, float[][] state) {
  /** Numbers between -1 and 1 for a layer and sequences of these lengths, longest first. */
  public static Probe of(Layer layer, int... lengths) {
    Packing packing = Packing.of(lengths);
    int[] widths = layer.states();
    float[][] state = new float[widths.length][];
    for (int s = 0; s < widths.length; s++) {
      state[s] = numbers("state " + s, packing.sequences() * widths[s]);
    }
    return new Probe(packing, numbers("x", packing.tokens() * layer.inputs()), state);
  }

  /** Numbers between -1 and 1, always the same for the same purpose. */
  public static float[] numbers(String purpose, int count) {
    RandomStream random = RandomStream.of(20, purpose);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.uniform(-1, 1);
    }
    return numbers;
  }

  /** Moves a layer's weights off their initial values, so that no bias is left at zero. */
  public static void scatter(List<Weight> weights, float scale) {
    for (Weight weight : weights) {
      float[] numbers = numbers(weight.name(), weight.size());
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] *= scale;
      }
      weight.set(numbers);
    }
  }

  /** As inputs of a gradient check: x, then the state tensors. */
  public List<GradientCheck.Input> inputs(Layer layer) {
    List<GradientCheck.Input> inputs = new ArrayList<>();
    inputs.add(new GradientCheck.Input("x", packing.tokens(), layer.inputs(), x));
    for (int s = 0; s < state.length; s++) {
      String name = "state " + s;
      inputs.add(new GradientCheck.Input(name, packing.sequences(), layer.states()[s], state[s]));
    }
    return inputs;
  }

  /** Input and state on a tape, in the order of {@link #inputs}. */
  public Node[] nodes(Tape tape, Layer layer) {
    Node[] nodes = new Node[1 + state.length];
    nodes[0] = tape.input(packing.tokens(), layer.inputs(), x);
    for (int s = 0; s < state.length; s++) {
      nodes[1 + s] = tape.input(packing.sequences(), layer.states()[s], state[s]);
    }
    return nodes;
  }

  /** The layer's rows and last state, from nodes in that order. */
  public List<Node> forward(Layer layer, Tape tape, Node[] nodes) {
    Node[] first = Arrays.copyOfRange(nodes, 1, nodes.length);
    Layer.Output output = layer.forward(tape, packing, nodes[0], first);
    List<Node> all = new ArrayList<>();
    all.add(output.rows());
    all.addAll(List.of(output.state()));
    return all;
  }
}
