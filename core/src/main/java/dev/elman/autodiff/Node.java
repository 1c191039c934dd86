package dev.elman.autodiff;

import dev.elman.kernels.PackedWeight;
import dev.elman.tensor.RowSet;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A value on the tape: a matrix {@code [rows, columns]}, and the gradient of the loss for it.
 *
 * <p>The arrays belong to the tape (but that of {@link Tape#view}), may be longer than the matrix
 * and are used again after {@link Tape#reset}; element (i, j) stands at {@code i * columns + j}.
 */
public final class Node {
  private float[] value;
  private float[] own = {}; // the tape's array, which is the value of most
  private float[] gradient = new float[0];
  private int rows;
  private int columns;
  private boolean needsGradient;
  private boolean gradientReady;
  private Gradient whole; // what was asked for last; most often it is the same again
  private final RowSet touched = new RowSet(); // the others are zero
  private Runnable backward;
  private String name; // null for most
  private Supplier<Node> ends; // null for most
  private Weight weight; // null where this is no weight's
  private PackedWeight packed; // null until a product asks for it
  private Node origin; // null but for a reading of that weight
  private UnaryOperator<Node> first; // what such a reading does

  Node() {}

  Node reshape(int newRows, int newColumns, boolean needed) {
    rows = newRows;
    columns = newColumns;
    needsGradient = needed;
    gradientReady = false;
    backward = null;
    name = null;
    ends = null;
    origin = null;
    first = null;
    return this;
  }

  Node own(int size) {
    if (own.length < size) {
      own = new float[size];
    }
    value = own;
    return this;
  }

  /** Has the caller's array as its value, which must stay as it is until the tape is reset. */
  Node view(float[] numbers) {
    value = numbers;
    return this;
  }

  /** Stands for a weight from now on: its value is the weight's own array. */
  Node wrap(Weight ofModel) {
    weight = ofModel;
    value = weight.values();
    return this;
  }

  /** Stands for another node, of whose products the left side goes through a function first. */
  Node reads(Node other, UnaryOperator<Node> function) {
    origin = other;
    first = function;
    return this;
  }

  /** What a product with this node reads of x. */
  Node read(Node x) {
    return origin == null ? x : origin.read(first.apply(x));
  }

  /** The weight as products need it; null where this is no weight's node. */
  PackedWeight packed() {
    if (origin != null) {
      return origin.packed();
    }
    if (packed == null && weight != null) {
      packed = new PackedWeight(weight);
    }
    return packed;
  }

  void runs(Runnable step) {
    backward = step;
  }

  /**
   * Gives this node the name that its equation has, such as a gate's, for whoever looks inside.
   *
   * @return this node
   */
  public Node named(String newName) {
    name = newName;
    return this;
  }

  /** The name that an equation gave; null where it gave none. */
  public String name() {
    return name;
  }

  /**
   * Says what stands for each of B sequences among these rows, {@code [B, columns]}, where that is
   * not its last row: where rows were read both ways, no single row has read them all.
   *
   * @param newEnds is asked only by whoever needs it
   * @return this node
   */
  public Node ends(Supplier<Node> newEnds) {
    ends = newEnds;
    return this;
  }

  /** What stands for each sequence; null where the last row does. */
  public Node ends() {
    return ends == null ? null : ends.get();
  }

  /** Whether something else than the last row stands for a sequence. */
  public boolean hasEnds() {
    return ends != null;
  }

  /** Runs the backward step, where blame has reached this node. */
  void propagate() {
    if (backward != null && gradientReady) {
      backward.run();
    }
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public int size() {
    return rows * columns;
  }

  /** The numbers, row-major. */
  public float[] value() {
    return origin == null ? value : origin.value();
  }

  /** Whether anything that training changes lies behind this node. */
  public boolean needsGradient() {
    return needsGradient;
  }

  /** Whether any blame has reached this node. */
  public boolean hasGradient() {
    return origin == null ? gradientReady : origin.hasGradient();
  }

  /** The gradient, row-major, zeros at first; backward steps add to it. */
  public float[] gradient() {
    if (origin != null) {
      return origin.gradient();
    }
    ready();
    touched.addAll();
    return gradient;
  }

  /**
   * The same, for a step that goes through all of it. Where it is stale, which is said once, that
   * step writes every number before anyone else asks.
   */
  Gradient wholeGradient() {
    if (origin != null) {
      return origin.wholeGradient();
    }
    boolean isStale = !gradientReady && gradient.length >= size();
    if (isStale) {
      gradientReady = true;
    }
    float[] numbers = gradient();
    if (whole == null || whole.numbers() != numbers || whole.isStale() != isStale) {
      whole = new Gradient(numbers, isStale);
    }
    return whole;
  }

  /** The same, for a step that adds to the first {@code count} of some rows only. */
  float[] gradient(int[] some, int count) {
    ready();
    touched.add(some, count);
    return gradient;
  }

  /**
   * Takes another node's value for its gradient, which is as if it were added; the other's value is
   * lost.
   *
   * @throws IllegalStateException when blame has reached this node before, when sizes differ, or
   *     when the other has no array of its own
   */
  public void takeGradient(Node other) {
    boolean owns = other.value == other.own;
    if (gradientReady || other.size() != size() || !owns) {
      throw new IllegalStateException(
          "Expected a node without blame and one of its size with an array of its own, got "
              + this
              + (gradientReady ? " with blame" : "")
              + " and "
              + other
              + (owns ? "" : " without")
              + ". Add to its gradient instead.");
    }
    float[] numbers = other.own;
    other.own = gradient;
    other.value = gradient;
    gradient = numbers;
    gradientReady = true;
    touched.addAll();
  }

  /** The rows of the gradient that steps have asked for: all others are zero. */
  RowSet touched() {
    return touched;
  }

  private void ready() {
    if (gradientReady) {
      return;
    }
    int size = size();
    if (gradient.length < size) {
      gradient = new float[size];
    } else {
      touched.zero(gradient, columns, 0, size);
    }
    touched.clear();
    gradientReady = true;
  }

  @Override
  public String toString() {
    return "node " + Shape.text(rows, columns);
  }
}
