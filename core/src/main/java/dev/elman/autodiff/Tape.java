package dev.elman.autodiff;

import dev.elman.kernels.Kernels;
import dev.elman.kernels.Panels;
import dev.elman.kernels.Scratch;
import dev.elman.kernels.Threads;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.RowSet;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What was computed, in order, so that blame can flow back through it.
 *
 * <p>A tape belongs to one thread and one shard of a batch; an operation may be shared by other
 * {@link #threads}. Operations ask it for a {@link #node}, fill in its value, and {@link #record}
 * how its gradient is passed on; {@link #backward} runs these steps from last to first. {@link
 * #reset} makes it blank and keeps all buffers, so that a training step allocates next to nothing
 * once it has run before.
 */
public final class Tape {
  private static final int[] NO_ROWS = {};

  private final Kernels kernels;
  private final boolean training;
  private final Tape parent; // null but for a child
  private final List<Node> nodes = new ArrayList<>();
  private final List<float[]> buffers = new ArrayList<>();
  private final Map<Weight, Node> weights = new IdentityHashMap<>();
  private final List<Scratch> scratches;
  private final Panels panels = new Panels();
  private Tape child; // made when first asked for
  private RandomStream random;
  private Threads threads = Threads.ONE;
  private double progress;
  private Witness witness; // null but for who looks inside
  private float stateLimit = Float.POSITIVE_INFINITY;
  private boolean passedBack;
  private int nodesUsed;
  private int buffersUsed;

  private Tape(Kernels kernels, boolean training, Tape parent) {
    this.kernels = kernels;
    this.training = training;
    this.parent = parent;
    this.scratches = parent == null ? new ArrayList<>() : parent.scratches;
  }

  /** A tape that keeps what {@link #backward} needs. */
  public static Tape training(Kernels kernels) {
    return new Tape(kernels, true, null);
  }

  /** A tape that only computes: no gradients, no dropout. */
  public static Tape inference(Kernels kernels) {
    return new Tape(kernels, false, null);
  }

  /**
   * A second tape, for work that is a single step on this one: always the same, kept with it, to be
   * {@link #reset} before use. Its nodes are its own; weights are this tape's nodes, so that blame
   * passed back over the child is added to this tape's gradients.
   */
  public Tape child() {
    if (child == null) {
      child = new Tape(kernels, training, this);
    }
    return child;
  }

  public Kernels kernels() {
    return kernels;
  }

  /** The threads that may share an operation; the tape's own alone, unless others were given. */
  public Threads threads() {
    return parent == null ? threads : parent.threads();
  }

  /** Has operations shared by threads until the next call. The bits are the same with any. */
  public void threads(Threads several) {
    threads = several;
  }

  /**
   * How large the blame may be that a step passes back to the state before it; infinite for any.
   */
  public float stateLimit() {
    return parent == null ? stateLimit : parent.stateLimit();
  }

  /** Has recurrent layers cut that blame to ±limit, number by number, until the next call. */
  public void stateLimit(double limit) {
    stateLimit = (float) limit;
  }

  /** Packing space of the kernels for one of the threads, to be asked for by the tape's own. */
  public Scratch scratch(int thread) {
    while (scratches.size() <= thread) {
      scratches.add(new Scratch());
    }
    return scratches.get(thread);
  }

  /** Room for a matrix that one product reads. */
  Panels panels() {
    return panels;
  }

  /** Makes the tape blank; its nodes, buffers and the weights' gradients start anew. */
  public void reset() {
    passedBack = false;
    nodesUsed = 0;
    buffersUsed = 0;
    for (Map.Entry<Weight, Node> entry : weights.entrySet()) {
      Weight weight = entry.getKey();
      boolean needed = training && weight.isTrained();
      entry.getValue().reshape(weight.rows(), weight.columns(), needed);
    }
  }

  /** Sets the stream that dropout draws from until the next call. */
  public void random(RandomStream stream) {
    random = stream;
  }

  /** The stream for dropout; empty where nothing is to be dropped, as in inference. */
  public Optional<RandomStream> random() {
    return training ? Optional.ofNullable(random) : Optional.empty();
  }

  /** Sets how much of a training is done, from 0 to 1, until the next call. */
  public void progress(double share) {
    progress = share;
  }

  /** How much of a training is done, from 0 to 1, for what changes in its course. */
  public double progress() {
    return progress;
  }

  /** Shows recurrent layers' steps to a witness until the next call; null for none. */
  public void watch(Witness watching) {
    witness = watching;
  }

  /** The witness, or null. */
  public Witness witness() {
    return witness;
  }

  /** How many nodes were made since {@link #reset}. */
  public int mark() {
    return nodesUsed;
  }

  /** The nodes made since a {@link #mark} that have names, in their order. */
  public List<Node> named(int since) {
    return nodes.subList(since, nodesUsed).stream().filter(node -> node.name() != null).toList();
  }

  /** A blank node {@code [rows, columns]} whose value the caller fills in. Not zeroed. */
  public Node node(int rows, int columns, boolean needsGradient) {
    return next().reshape(rows, columns, training && needsGradient).own(rows * columns);
  }

  /** A constant that the caller fills in: blame stops here. Not zeroed. */
  public Node constant(int rows, int columns) {
    return node(rows, columns, false);
  }

  /** Zeros {@code [rows, columns]}. */
  public Node zeros(int rows, int columns) {
    Node zeros = constant(rows, columns);
    Arrays.fill(zeros.value(), 0, rows * columns, 0);
    return zeros;
  }

  /** A copy of given numbers; blame stops here. */
  public Node constant(int rows, int columns, float[] numbers) {
    Node copy = constant(rows, columns);
    System.arraycopy(numbers, 0, copy.value(), 0, rows * columns);
    return copy;
  }

  /**
   * Given numbers {@code [rows, columns]}, not copied: they must stay as they are until {@link
   * #reset}.
   *
   * @throws IllegalArgumentException when there are fewer
   */
  public Node view(int rows, int columns, float[] numbers) {
    if (numbers.length < (long) rows * columns) {
      throw new IllegalArgumentException(
          "Expected numbers for ["
              + rows
              + ", "
              + columns
              + "], got "
              + numbers.length
              + ". Is the shape that of these numbers?");
    }
    return next().reshape(rows, columns, false).view(numbers);
  }

  /** A copy of given numbers, whose gradient is wanted. */
  public Node input(int rows, int columns, float[] numbers) {
    Node copy = node(rows, columns, true);
    System.arraycopy(numbers, 0, copy.value(), 0, rows * columns);
    return copy;
  }

  /** The node of a weight: its value is the weight's own array, the same node at every call. */
  public Node weight(Weight weight) {
    if (parent != null) {
      return parent.weight(weight);
    }
    Node node = weights.get(weight);
    if (node == null) {
      boolean needed = training && weight.isTrained();
      node = new Node().reshape(weight.rows(), weight.columns(), needed).wrap(weight);
      weights.put(weight, node);
    }
    return node;
  }

  /**
   * The same weight, of whose products the left side goes through a function first: {@code
   * product(x, reading(w, f))} is {@code product(f(x), w)}. So a mask or a layer is put before
   * weights that an equation elsewhere multiplies with.
   */
  public Node reading(Node weight, UnaryOperator<Node> function) {
    Node node = next().reshape(weight.rows(), weight.columns(), weight.needsGradient());
    return node.reads(weight, function);
  }

  /** Says how a node's gradient is passed on; ignored where no gradient is needed. */
  public void record(Node node, Runnable backward) {
    if (node.needsGradient()) {
      node.runs(backward);
    }
  }

  /** At least {@code size} floats, not zeroed, until {@link #reset}. */
  public float[] buffer(int size) {
    if (buffersUsed == buffers.size()) {
      buffers.add(new float[size]);
    } else if (buffers.get(buffersUsed).length < size) {
      buffers.set(buffersUsed, new float[size]);
    }
    return buffers.get(buffersUsed++);
  }

  /**
   * Passes blame back from a loss {@code [1, 1]} with gradient 1, to every weight and input; once,
   * as operations overwrite what they kept for it.
   *
   * @throws IllegalArgumentException when the node is not one number
   * @throws IllegalStateException the second time since {@link #reset}
   */
  public void backward(Node loss) {
    Shape.require(
        "Loss", new int[] {1, 1}, new int[] {loss.rows(), loss.columns()}, "Sum it first.");
    if (!loss.needsGradient()) {
      throw new IllegalArgumentException(
          "The loss depends on no weight or input that needs a gradient. "
              + "Was it computed on Tape.inference? Use Tape.training.");
    }
    loss.gradient()[0] += 1;
    passBack();
  }

  /**
   * Passes back the blame that was added to any nodes' gradients since {@link #reset}; once.
   *
   * @throws IllegalStateException the second time
   */
  public void passBack() {
    if (passedBack) {
      throw new IllegalStateException(
          "Blame has passed back over this tape already. Add several losses into one, or reset the "
              + "tape and compute the next loss.");
    }
    passedBack = true;
    for (int i = nodesUsed - 1; i >= 0; i--) {
      nodes.get(i).propagate();
    }
  }

  /** The gradient of a weight since the last {@link #reset}; zeros where no blame reached it. */
  public float[] gradient(Weight weight) {
    return weight(weight).gradient();
  }

  /**
   * The same, for who adds to all of it or, where it is stale, which is said once, writes every
   * number before anyone else asks.
   */
  public Gradient wholeGradient(Weight weight) {
    return weight(weight).wholeGradient();
  }

  /**
   * The same, for who adds to the first {@code count} of some rows only, or to none: where no one
   * asks for the whole, {@link #touched} is a part of the rows.
   */
  public float[] gradient(Weight weight, int[] rows, int count) {
    return weight(weight).gradient(rows, count);
  }

  /** The rows that {@link #gradient} was asked for since the last {@link #reset}. */
  public RowSet touched(Weight weight) {
    Node node = weight(weight);
    node.gradient(NO_ROWS, 0); // so that rows from before the last reset are gone
    return node.touched();
  }

  private Node next() {
    if (nodesUsed == nodes.size()) {
      nodes.add(new Node());
    }
    return nodes.get(nodesUsed++);
  }
}
