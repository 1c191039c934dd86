package dev.elman.examples.identify;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Dense;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.layers.StreamState;
import dev.elman.losses.Loss;
import dev.elman.losses.PointLoss;
import dev.elman.models.Model;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A general dynamical system, {@code s_t = f(s_t-1, x_t; θ), y_t = V·s_t + b}, with a recurrent
 * network as f: rows {@code [N, D]} to rows {@code [N, K]}.
 *
 * <p>A row is what is observed (zeros where nothing is), whether it is, and the action; it is
 * answered with the next observation. So the state is warmed up by observations and rolled out by
 * actions alone, and no prediction is ever fed back.
 */
final class SystemModel implements Model {
  private final RecurrentStack recurrent;
  private final Stacked stack;
  private final Weights weights;

  /**
   * A model with initial weights from the seed.
   *
   * @param inputs D
   * @param outputs K
   */
  SystemModel(int inputs, int outputs, RecurrentStack recurrent, long seed) {
    this.recurrent = recurrent;
    List<Layer> layers = new ArrayList<>(recurrent.build("rnn.", inputs, seed).layers());
    int width = layers.get(layers.size() - 1).outputs();
    layers.add(Dense.of("head.", width, outputs, recurrent.initialisation(), seed));
    stack = new Stacked(layers);
    weights = new Weights(stack.weights());
  }

  @Override
  public String task() {
    return "system";
  }

  @Override
  public String variant() {
    return recurrent.cell();
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
  public Node[] firstState(Tape tape, int sequences) {
    return stack.firstState(tape, sequences);
  }

  @Override
  public Loss loss() {
    return PointLoss.SQUARED;
  }

  @Override
  public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
    Values.Numbers rows = (Values.Numbers) inputs;
    Node x = tape.constant(rows.rows(), stack.inputs(), rows.array());
    return stack.forward(tape, packing, x, state);
  }

  @Override
  public Stepper stepper(StreamState state) {
    Layer.Stepper stepper = stack.stepper(state);
    return row -> stepper.step(((Values.Numbers) row).array());
  }
}
