package dev.elman.sessions;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.StreamState;
import dev.elman.models.Model;
import dev.elman.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * One stream through a model: a step goes in, a prediction comes out, as if the sequence ended
 * there.
 *
 * <p>The predictions are those of the whole sequence read at once, to the bit. The model is shared
 * by any number of sessions on any threads, as long as nobody trains it; a session belongs to one
 * thread at a time and has its state and its buffers alone, so a step of the cells that are fused
 * allocates nothing.
 *
 * <pre>{@code
 * Session session = Session.of(model);
 * float[] prediction = session.step(row);       // or of a symbol's code
 * Session future = session.fork();              // goes its own way from here
 * byte[] bytes = session.toBytes();             // to be kept, and read by another process
 * Session later = Session.read(model, bytes);
 * }</pre>
 */
public final class Session {
  private static final int CHUNK = 512; // of many steps, so that they need little memory

  private final Model model;
  private final Model.Stepper stepper;
  private final List<float[]> state;
  private final float[][] first; // what they begin with
  private final Values.Codes code = new Values.Codes();
  private Values.Numbers numbers; // made when the first row comes
  private Tape tape; // made when many steps come at once
  private long steps;

  private Session(Model model, float[][] firstState) {
    this.model = model;
    StreamState asked = new StreamState();
    stepper = model.stepper(asked);
    state = asked.tensors();
    first = firstState == null ? firstState(model, state) : firstState;
  }

  /**
   * A session at the start of a stream.
   *
   * @throws IllegalArgumentException when the model's predictions need whole sequences, with the
   *     reason
   */
  public static Session of(Model model) {
    Session session = new Session(model, null);
    session.reset();
    return session;
  }

  private static float[][] firstState(Model model, List<float[]> state) {
    int[] widths = model.states();
    int[] asked = state.stream().mapToInt(tensor -> tensor.length).toArray();
    Shape.require("State of a stream", widths, asked, "Ask for the tensors in their order.");
    Node[] zeros = model.firstState(Tape.inference(Kernels.get()), 1);
    float[][] first = new float[widths.length][];
    for (int s = 0; s < first.length; s++) {
      first[s] = Arrays.copyOf(zeros[s].value(), widths[s]);
    }
    return first;
  }

  /**
   * Goes on from what {@link #toBytes} gave, in any process.
   *
   * @param model the same one: of the same weights
   * @throws IllegalArgumentException when the bytes are no state, or another model's
   */
  public static Session read(Model model, byte[] bytes) {
    Session session = of(model);
    session.steps = SessionBytes.read(bytes, model, session.state);
    return session;
  }

  /**
   * The state and nothing else, to go on from with {@link #read}: 32 bytes, and 4 for each number
   * of the state.
   */
  public byte[] toBytes() {
    return SessionBytes.write(model, steps, state);
  }

  /** A session that has read the same and goes its own way from here. */
  public Session fork() {
    Session fork = new Session(model, first);
    fork.take(state);
    fork.steps = steps;
    return fork;
  }

  /** Goes back to the start of a stream. */
  public void reset() {
    take(List.of(first));
    steps = 0;
  }

  private void take(List<float[]> from) {
    for (int s = 0; s < from.size(); s++) {
      System.arraycopy(from.get(s), 0, state.get(s), 0, from.get(s).length);
    }
  }

  /** The model that predicts. */
  public Model model() {
    return model;
  }

  /** How many steps have been read since the start of the stream. */
  public long steps() {
    return steps;
  }

  /**
   * Reads a symbol.
   *
   * @return the prediction: valid until the next step, not to be changed
   */
  public float[] step(int symbol) {
    code.resize(1)[0] = symbol;
    return step(code);
  }

  /**
   * Reads a row of numbers.
   *
   * @param row {@code [D]}, scaled as in training
   * @return the prediction: valid until the next step, not to be changed
   */
  public float[] step(float[] row) {
    if (numbers == null || numbers.columns() != row.length) {
      numbers = new Values.Numbers(row.length);
    }
    System.arraycopy(row, 0, numbers.resize(1), 0, row.length);
    return step(numbers);
  }

  private float[] step(Values row) {
    float[] prediction = stepper.step(row);
    steps++;
    return prediction;
  }

  /**
   * Reads several steps, in less time than one by one.
   *
   * @param rows at least one
   * @return a copy of the prediction after the last
   */
  public float[] stepAll(Values rows) {
    float[] prediction = null;
    int all = Shape.positive("steps to read", rows.rows());
    for (int from = 0; from < all; from += CHUNK) {
      prediction = read(part(rows, from, Math.min(CHUNK, all - from)));
    }
    return prediction;
  }

  private static Values part(Values rows, int from, int count) {
    if (rows instanceof Values.Numbers some) {
      Values.Numbers part = new Values.Numbers(some.columns());
      int at = from * some.columns();
      System.arraycopy(some.array(), at, part.resize(count), 0, count * some.columns());
      return part;
    }
    Values.Codes part = new Values.Codes();
    System.arraycopy(((Values.Codes) rows).array(), from, part.resize(count), 0, count);
    return part;
  }

  private float[] read(Values rows) {
    if (tape == null) {
      tape = Tape.inference(Kernels.get());
    }
    tape.reset();
    Node[] before = new Node[model.states().length];
    for (int s = 0; s < before.length; s++) {
      before[s] = tape.constant(1, state.get(s).length, state.get(s));
    }
    Layer.Output output = model.forward(tape, Packing.equal(1, rows.rows()), rows, before);
    for (int s = 0; s < before.length; s++) {
      System.arraycopy(output.state()[s].value(), 0, state.get(s), 0, state.get(s).length);
    }
    steps += rows.rows();
    Node predictions = output.rows(); // one for each step, or one for the sequence
    int width = predictions.columns();
    int last = (predictions.rows() - 1) * width;
    return Arrays.copyOfRange(predictions.value(), last, last + width);
  }
}
