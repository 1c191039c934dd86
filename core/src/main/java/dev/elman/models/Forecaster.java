package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Dense;
import dev.elman.layers.Diagram;
import dev.elman.layers.Layer;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.layers.StreamState;
import dev.elman.losses.Loss;
import dev.elman.losses.PointLoss;
import dev.elman.losses.QuantileLoss;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Forecasts series: from a history {@code [T, D]} to the next steps of K target columns.
 *
 * <p>A recurrent network reads the history, and a dense layer turns its last state into all steps
 * at once, as changes from the last known value: a network that has learned nothing repeats it.
 * Predictions are {@code [B, horizon·K·Q]}, the Q quantiles of a target side by side, the K targets
 * of a step, step after step. All numbers are scaled ones.
 */
public final class Forecaster implements Model {
  private final Settings settings;
  private final Stacked stack;
  private final Dense head;
  private final Weights weights;

  /** A model with initial weights from the seed. */
  public Forecaster(Settings settings, long seed) {
    this.settings = settings;
    RecurrentStack recurrent = settings.recurrent();
    stack = recurrent.build("rnn.", settings.inputs(), seed);
    head = Dense.of("head.", stack.outputs(), settings.outputs(), recurrent.initialisation(), seed);
    List<Weight> all = new ArrayList<>(stack.weights());
    all.addAll(head.weights());
    weights = new Weights(all);
  }

  /**
   * What a forecaster is.
   *
   * @param inputs D, columns that are read
   * @param targets which of them are forecast, from 0
   * @param horizon how many steps ahead
   * @param quantiles of each forecast; none for a point forecast by the mean squared error
   * @param recurrent the network
   */
  public record Settings(
      int inputs,
      List<Integer> targets,
      int horizon,
      List<Double> quantiles,
      RecurrentStack recurrent) {
    /** Checks the sizes. */
    public Settings {
      Shape.positive("inputs", inputs);
      Shape.positive("horizon", horizon);
      targets = List.copyOf(targets);
      quantiles = quantiles.isEmpty() ? List.of() : new QuantileLoss(quantiles).quantiles();
      for (int target : targets) {
        if (target < 0 || target >= inputs) {
          throw new IllegalArgumentException(
              "targets: expected columns from 0 to " + (inputs - 1) + ", got " + target + ".");
        }
      }
    }

    /** Q: 1 for a point forecast. */
    public int levels() {
      return Math.max(1, quantiles.size());
    }

    /** Numbers predicted for a sequence: horizon·K·Q. */
    public int outputs() {
      return horizon * targets.size() * levels();
    }
  }

  public Settings settings() {
    return settings;
  }

  @Override
  public String task() {
    return "forecaster";
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
  public boolean causal() {
    return stack.causal();
  }

  @Override
  public Node[] firstState(Tape tape, int sequences) {
    return stack.firstState(tape, sequences);
  }

  @Override
  public Loss loss() {
    return settings.quantiles().isEmpty()
        ? PointLoss.SQUARED
        : new QuantileLoss(settings.quantiles());
  }

  @Override
  public void describe(Diagram diagram) {
    Diagram.Wire x = diagram.input("numbers", settings.inputs());
    Diagram.Wire rows = stack.describe(diagram, x);
    Diagram.Wire last = Pooling.LAST.describe(diagram, rows, settings.recurrent().directions());
    Diagram.Wire sum = diagram.merge("+", settings.outputs(), head.describe(diagram, last));
    diagram.connect(x, sum, Diagram.Way.LAST, 0, "last values");
    diagram.output("forecast", sum);
  }

  @Override
  public String variant() {
    return settings.recurrent().variant() + " " + settings.targets();
  }

  @Override
  public Stepper stepper(StreamState state) {
    Layer.Stepper read = stack.stepper(state);
    Layer.Stepper change = head.stepper(state);
    float[] forecast = new float[settings.outputs()];
    return row -> {
      float[] x = Inputs.row(row, settings.inputs());
      addLastValues(x, 0, change.step(read.step(x)), forecast, 0);
      return forecast;
    };
  }

  @Override
  public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
    Node x = Inputs.numbers(tape, inputs, settings.inputs());
    Layer.Output read = stack.forward(tape, packing, x, state);
    Node last = Pooling.LAST.pool(tape, packing, read.rows());
    return new Layer.Output(
        addLastValues(tape, packing, x, head.forward(tape, last)), read.state());
  }

  private Node addLastValues(Tape tape, Packing packing, Node x, Node changes) {
    Node out = tape.node(changes.rows(), changes.columns(), changes.needsGradient());
    for (int b = 0; b < changes.rows(); b++) {
      int row = packing.lastRow(b) * settings.inputs();
      addLastValues(x.value(), row, changes.value(), out.value(), b * changes.columns());
    }
    tape.record(
        out, () -> tape.kernels().axpy(1, out.gradient(), 0, changes.gradient(), 0, out.size()));
    return out;
  }

  /** For one sequence: the last values stand from x[row], changes and what comes out from at. */
  private void addLastValues(float[] x, int row, float[] changes, float[] out, int at) {
    int levels = settings.levels();
    int targets = settings.targets().size();
    for (int j = 0; j < settings.outputs(); j++) {
      float value = x[row + settings.targets().get(j / levels % targets)];
      out[at + j] = changes[at + j] + value;
    }
  }
}
