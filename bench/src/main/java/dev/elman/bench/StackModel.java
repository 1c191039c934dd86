package dev.elman.bench;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.losses.Loss;
import dev.elman.models.Model;
import dev.elman.tensor.Weights;

/** Recurrent layers alone, trained on the sum of their outputs: what the benchmark times. */
final class StackModel implements Model {
  private final Stacked stack;
  private final Weights weights;

  StackModel(RecurrentStack layers, int inputs) {
    stack = layers.build("rnn.", inputs, 1);
    weights = new Weights(stack.weights());
  }

  @Override
  public String task() {
    return "benchmark";
  }

  @Override
  public Weights weights() {
    return weights;
  }

  @Override
  public int[] states() {
    return stack.states();
  }

  @Override
  public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
    Values.Numbers numbers = (Values.Numbers) inputs;
    Node x = tape.view(numbers.rows(), numbers.columns(), numbers.array());
    return stack.forward(tape, packing, x, state);
  }

  @Override
  public Loss loss() {
    return new Loss() {
      @Override
      public Node sum(Tape tape, Node predictions, Values targets) {
        return new Equations(tape).sum(predictions);
      }

      @Override
      public int terms(Node predictions, Values targets) {
        return 1;
      }
    };
  }
}
