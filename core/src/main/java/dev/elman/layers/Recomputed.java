package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * A layer whose inner values are not kept for the way back but computed again, from a state that is
 * kept every k steps: long sequences in little memory, for one more run forwards, about a third
 * more time (Chen, Xu, Zhang and Guestrin 2016, "Training deep nets with sublinear memory cost").
 *
 * <p>Sequences are cut into segments of k steps. Forwards, {@code (y_i, s_i+1) = f(x_i, s_i)}, of
 * which y and s stay. Backwards, from the last segment to the first, f is run again and passes the
 * blame {@code (dy_i, ds_i+1)} on to {@code (dx_i, ds_i)}, and to the weights. Rows, state and what
 * dropout draws are those of the layer by itself, to the bit; gradients to rounding, as those of
 * weights are added up segment by segment.
 *
 * <p>Memory, in floats, for B sequences of T steps:
 *
 * <pre>{@code
 * 2·B·T·outputs          rows and their gradients
 * + B·(T/k + 2)·states   states, all tensors of a layer and all layers
 * + B·k·A                what f takes, A floats a token, for one segment; without: B·T·A
 * }</pre>
 *
 * <p>For an LSTM layer, A is some 9·H and states 2·H. The smallest sum is at k = √(T·states/A), but
 * any k from there to a tenth of T is near it. Sequences of up to k steps are run as they are. No
 * gradient is wanted in inference: there nothing is computed twice, and memory is as small.
 *
 * @param inner f, any layer whose sequences can be cut ({@link Layer#causal})
 * @param steps k
 */
public record Recomputed(Layer inner, int steps) implements Layer {
  /** Checks that sequences can be cut. */
  public Recomputed {
    Shape.positive("steps between kept states", steps);
    if (!inner.causal()) {
      throw new IllegalArgumentException(
          "Recomputed: expected a layer that reads forwards only, got one that reads both ways: its"
              + " backward half begins at the end of a sequence, which therefore cannot be cut."
              + " Leave --bidirectional away, or --recompute.");
    }
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
    return inner.weights();
  }

  @Override
  public int[] states() {
    return inner.states();
  }

  @Override
  public Node[] firstState(Tape tape, int sequences) {
    return inner.firstState(tape, sequences);
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    return inner.describe(diagram, x);
  }

  @Override
  public Stepper stepper(StreamState state) {
    return inner.stepper(state); // one step is never cut
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    if (packing.steps() <= steps || tape.witness() != null) { // who looks inside keeps everything
      return inner.forward(tape, packing, x, state);
    }
    String cause = "Was the model made for other data?";
    Shape.requireColumns("Input of a recomputed layer", inputs(), x.columns(), cause);
    StateTensors.require("a recomputed layer", this, packing, state);
    Pass pass = new Pass(tape, packing, x, state);
    pass.forward();
    return new Output(pass.rows, pass.state);
  }

  /** One run over one batch: what is kept of it. */
  private final class Pass {
    private final Tape tape;
    private final Tape child; // for one segment at a time
    private final Packing packing;
    private final Packing part = new Packing(); // that segment
    private final RandomStream random; // as it was before this layer; null without dropout
    private final Node x; // [N, D]
    private final Node[] first; // [B, width]
    private final Node rows; // [N, outputs]
    private final Node[] state; // [B, width], after the last segment that was run
    private final float[][] kept; // [segments, B, width], before each
    private final Node[] begun; // the same on the child tape

    Pass(Tape tape, Packing packing, Node x, Node[] first) {
      this.tape = tape;
      this.child = tape.child();
      this.packing = packing;
      this.random = tape.random().map(RandomStream::copy).orElse(null);
      this.x = x;
      this.first = first;
      rows = tape.node(packing.tokens(), outputs(), true);
      tape.record(rows, this::backward);
      state = new Node[first.length];
      kept = new float[first.length][];
      begun = new Node[first.length];
      for (int s = 0; s < first.length; s++) {
        state[s] = tape.node(packing.sequences(), first[s].columns(), true);
        System.arraycopy(first[s].value(), 0, state[s].value(), 0, first[s].size());
        tape.record(state[s], rows::gradient); // so that the rows' own step runs
        kept[s] = tape.buffer(segments() * first[s].size());
      }
    }

    private int segments() {
      return (packing.steps() + steps - 1) / steps;
    }

    void forward() {
      for (int i = 0; i < segments(); i++) {
        for (int s = 0; s < state.length; s++) {
          System.arraycopy(state[s].value(), 0, kept[s], i * state[s].size(), state[s].size());
        }
        Output output = run(i);
        Node y = output.rows();
        System.arraycopy(y.value(), 0, rows.value(), firstRow(i) * outputs(), y.size());
        for (int s = 0; s < state.length; s++) { // sequences that have ended keep theirs
          Node next = output.state()[s];
          System.arraycopy(next.value(), 0, state[s].value(), 0, next.size());
        }
      }
      child.random().ifPresent(tape::random); // what is drawn next comes after this layer's draws
    }

    private int firstRow(int i) {
      return packing.start(i * steps);
    }

    /** Runs segment i from its kept state, as often as need be with the same result. */
    private Output run(int i) {
      part.setPart(packing, i * steps, Math.min((i + 1) * steps, packing.steps()));
      child.reset();
      child.random(random == null ? null : random.copy());
      for (int s = 0; s < begun.length; s++) {
        boolean needed = i > 0 || first[s].needsGradient();
        begun[s] = child.node(part.sequences(), first[s].columns(), needed);
        System.arraycopy(kept[s], i * first[s].size(), begun[s].value(), 0, begun[s].size());
      }
      Node input = child.node(part.tokens(), inputs(), x.needsGradient());
      System.arraycopy(x.value(), firstRow(i) * inputs(), input.value(), 0, input.size());
      child.record(input, () -> add(input.gradient(), 0, x, firstRow(i) * inputs(), input.size()));
      return inner.forward(child, part, input, begun.clone());
    }

    /** The state's gradient is that after segment i, and becomes that before it. */
    private void backward() {
      for (int i = segments() - 1; i >= 0; i--) {
        Output output = run(i);
        Node y = output.rows();
        add(rows.gradient(), firstRow(i) * outputs(), y, 0, y.size());
        for (int s = 0; s < state.length; s++) {
          add(state[s].gradient(), 0, output.state()[s], 0, output.state()[s].size());
        }
        child.passBack(); // to the weights, too, which are the tape's own
        for (int s = 0; s < state.length; s++) {
          System.arraycopy(begun[s].gradient(), 0, state[s].gradient(), 0, begun[s].size());
        }
      }
      for (int s = 0; s < first.length; s++) {
        add(state[s].gradient(), 0, first[s], 0, first[s].size());
      }
    }

    private void add(float[] blame, int from, Node to, int at, int size) {
      if (to.needsGradient()) {
        tape.kernels().axpy(1, blame, from, to.gradient(), at, size);
      }
    }
  }
}
