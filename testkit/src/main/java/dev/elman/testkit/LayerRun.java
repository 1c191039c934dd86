package dev.elman.testkit;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a layer gives for a probe, forwards and backwards, copied off the tape.
 *
 * @param rows {@code [N, outputs]}
 * @param state the last state, one array {@code [B, width]} for each tensor
 * @param gradients of every weight, then x, then every tensor of the first state
 */
public record LayerRun(float[] rows, List<float[]> state, List<float[]> gradients) {
  /** Runs the layer on a fresh tape. */
  public static LayerRun of(Layer layer, Probe probe) {
    return of(layer, probe, Tape.training(Kernels.get()));
  }

  /** Runs the layer on a given training tape, which is reset. */
  public static LayerRun of(Layer layer, Probe probe, Tape tape) {
    tape.reset();
    Node[] nodes = probe.nodes(tape, layer);
    List<Node> outputs = probe.forward(layer, tape, nodes);
    List<float[]> values = new ArrayList<>();
    for (Node output : outputs) {
      values.add(Arrays.copyOf(output.value(), output.size()));
    }
    tape.backward(weighted(tape, outputs));
    List<float[]> gradients = new ArrayList<>();
    for (Weight weight : layer.weights()) {
      gradients.add(Arrays.copyOf(tape.gradient(weight), weight.size()));
    }
    for (Node node : nodes) {
      gradients.add(Arrays.copyOf(node.gradient(), node.size()));
    }
    return new LayerRun(values.get(0), values.subList(1, values.size()), gradients);
  }

  /** The factors of {@link #of}'s loss for output k: the rows, then the state tensors. */
  public static float[] factors(int k, int count) {
    return Probe.numbers("loss " + k, count);
  }

  private static Node weighted(Tape tape, List<Node> outputs) {
    Node loss = tape.node(1, 1, true);
    loss.value()[0] = 0; // only its gradient is wanted
    tape.record(
        loss,
        () -> {
          for (int k = 0; k < outputs.size(); k++) {
            Node output = outputs.get(k);
            float[] factors = factors(k, output.size());
            if (output.needsGradient()) {
              tape.kernels().axpy(1, factors, 0, output.gradient(), 0, output.size());
            }
          }
        });
    return loss;
  }

  /** All arrays in a row, for comparison to the bit. */
  public List<float[]> all() {
    List<float[]> all = new ArrayList<>();
    all.add(rows);
    all.addAll(state);
    all.addAll(gradients);
    return all;
  }
}
