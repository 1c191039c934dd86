package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * A sliding window: the rows of the last τ steps side by side, oldest first; {@code [N, D]} to
 * {@code [N, τ·D]}.
 *
 * <pre>{@code
 * y_t = [x_{t-τ+1} ... x_{t-1} x_t]   rows before the sequence's start are its first state: zeros
 * }</pre>
 *
 * <p>With a dense layer and tanh upon it, this is the feed-forward network that recurrent ones are
 * compared with (Bengio, Ducharme, Vincent and Jauvin 2003): it sees τ steps and nothing of those
 * before. State: the last τ - 1 rows {@code [B, (τ-1)·D]}, oldest first; none where τ is 1.
 *
 * @param inputs D
 * @param tau τ
 */
public record Window(int inputs, int tau) implements Layer {
  /** What {@code --cell} calls a layer of this kind. */
  public static final String NAME = "window";

  /**
   * Whether a {@code --cell} is this and no cell.
   *
   * @throws IllegalArgumentException where a modifier stands after the name
   */
  public static boolean isNamed(String cell) {
    if (cell.startsWith(NAME + "+")) {
      throw new IllegalArgumentException(
          "Expected "
              + NAME
              + " alone, or modifiers after a cell, found '"
              + cell
              + "'.\nLikely cause: modifiers change how a cell's state goes from step to step; a"
              + " window has no such state.\nCure: write "
              + NAME
              + ", or begin with a cell, as in gru"
              + cell.substring(NAME.length())
              + ".");
    }
    return cell.equals(NAME);
  }

  /** Checks the sizes. */
  public Window {
    Shape.positive("inputs", inputs);
    Shape.positive("tau", tau);
  }

  @Override
  public int outputs() {
    return tau * inputs;
  }

  @Override
  public List<Weight> weights() {
    return List.of();
  }

  @Override
  public int[] states() {
    return tau == 1 ? new int[0] : new int[] {(tau - 1) * inputs};
  }

  @Override
  public Stepper stepper(StreamState state) {
    float[] y = new float[outputs()];
    int kept = y.length - inputs;
    float[] before = kept == 0 ? y : state.tensor(kept);
    return row -> {
      System.arraycopy(before, 0, y, 0, kept);
      System.arraycopy(row, 0, y, kept, inputs);
      System.arraycopy(y, inputs, before, 0, kept);
      return y;
    };
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    Diagram.Wire y = diagram.box(Diagram.Box.of("window of " + tau, this), x);
    for (int k = 1; k < tau; k++) {
      diagram.later(x, y, k);
    }
    return y;
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    Shape.require(
        "Window input",
        new int[] {packing.tokens(), inputs},
        new int[] {x.rows(), x.columns()},
        "Was the model made for other data?");
    StateTensors.require("window", this, packing, state);
    Pass pass = new Pass(packing, x, tau == 1 ? null : state[0]);
    Node rows = pass.rows(tape);
    return new Output(rows, tau == 1 ? Output.STATELESS : new Node[] {pass.last(tape)});
  }

  /** One run over one batch; before is null where there is no state. */
  private final class Pass {
    private final Packing packing;
    private final Node x; // [N, D]
    private final Node before; // [B, (tau-1)·D]
    private final boolean needsGradient;

    Pass(Packing packing, Node x, Node before) {
      this.packing = packing;
      this.x = x;
      this.before = before;
      this.needsGradient = x.needsGradient() || before != null && before.needsGradient();
    }

    Node rows(Tape tape) {
      Node rows = tape.node(x.rows(), outputs(), needsGradient);
      for (int t = 0; t < packing.steps(); t++) {
        for (int b = 0; b < packing.running(t); b++) {
          take(rows, packing.row(t, b), b, t - tau + 1);
        }
      }
      tape.record(
          rows,
          () -> {
            for (int t = 0; t < packing.steps(); t++) {
              for (int b = 0; b < packing.running(t); b++) {
                blame(tape.kernels(), rows, packing.row(t, b), b, t - tau + 1);
              }
            }
          });
      return rows;
    }

    /** The rows that the step after each sequence's last would see before it. */
    Node last(Tape tape) {
      Node last = tape.node(packing.sequences(), (tau - 1) * inputs, needsGradient);
      for (int b = 0; b < packing.sequences(); b++) {
        take(last, b, b, packing.length(b) - tau + 1);
      }
      tape.record(
          last,
          () -> {
            for (int b = 0; b < packing.sequences(); b++) {
              blame(tape.kernels(), last, b, b, packing.length(b) - tau + 1);
            }
          });
      return last;
    }

    /** Fills a row with those of sequence b, from a step on that may be before its start. */
    private void take(Node into, int row, int b, int step) {
      int count = into.columns() / inputs;
      for (int k = 0; k < count; k++) {
        int to = row * into.columns() + k * inputs;
        System.arraycopy(of(step + k).value(), at(b, step + k), into.value(), to, inputs);
      }
    }

    /** Adds the blame on such a row to those that it was made of. */
    private void blame(Kernels kernels, Node on, int row, int b, int step) {
      int count = on.columns() / inputs;
      for (int k = 0; k < count; k++) {
        Node to = of(step + k);
        if (to.needsGradient()) {
          int from = row * on.columns() + k * inputs;
          kernels.axpy(1, on.gradient(), from, to.gradient(), at(b, step + k), inputs);
        }
      }
    }

    private Node of(int step) {
      return step < 0 ? before : x;
    }

    private int at(int b, int step) {
      return inputs * (step < 0 ? (b + 1) * (tau - 1) + step : packing.row(step, b));
    }
  }
}
