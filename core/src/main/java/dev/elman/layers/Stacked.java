package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Layers one upon the other: the rows of one are the input of the next.
 *
 * @param layers from the input up; the state of the stack is theirs in a row
 */
public record Stacked(List<Layer> layers) implements Layer {
  /** Checks that each layer takes what the one below gives. */
  public Stacked {
    layers = List.copyOf(layers);
    Shape.positive("layers of a stack", layers.size());
    for (int i = 1; i < layers.size(); i++) {
      Shape.requireColumns(
          "Layer " + i + " of the stack",
          layers.get(i).inputs(),
          layers.get(i - 1).outputs(),
          "A layer must take as many inputs as the one below gives outputs.");
    }
  }

  @Override
  public int inputs() {
    return layers.get(0).inputs();
  }

  @Override
  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  @Override
  public List<Weight> weights() {
    List<Weight> weights = new ArrayList<>();
    layers.forEach(layer -> weights.addAll(layer.weights()));
    return weights;
  }

  @Override
  public int[] states() {
    int[] widths = {};
    for (Layer layer : layers) { // asked for at every run: a stream would allocate more
      int[] more = layer.states();
      int at = widths.length;
      widths = Arrays.copyOf(widths, at + more.length);
      System.arraycopy(more, 0, widths, at, more.length);
    }
    return widths;
  }

  @Override
  public Node[] firstState(Tape tape, int sequences) {
    Node[] all = {};
    for (Layer layer : layers) {
      Node[] more = layer.firstState(tape, sequences);
      int at = all.length;
      all = Arrays.copyOf(all, at + more.length);
      System.arraycopy(more, 0, all, at, more.length);
    }
    return all;
  }

  @Override
  public boolean causal() {
    return layers.stream().allMatch(Layer::causal);
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    Diagram.Wire rows = x;
    for (Layer layer : layers) {
      rows = layer.describe(diagram, rows);
    }
    return rows;
  }

  @Override
  public Stepper stepper(StreamState state) {
    Stepper[] steppers = new Stepper[layers.size()];
    for (int i = 0; i < steppers.length; i++) {
      steppers[i] = layers.get(i).stepper(state);
    }
    return row -> {
      float[] rows = row;
      for (Stepper stepper : steppers) {
        rows = stepper.step(rows);
      }
      return rows;
    };
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    StateTensors.require("stack", this, state);
    Node rows = x;
    Node[] last = new Node[state.length];
    int at = 0;
    for (Layer layer : layers) {
      int end = at + layer.states().length;
      Output output = layer.forward(tape, packing, rows, Arrays.copyOfRange(state, at, end));
      System.arraycopy(output.state(), 0, last, at, end - at);
      rows = output.rows();
      at = end;
    }
    return new Output(rows, last);
  }
}
