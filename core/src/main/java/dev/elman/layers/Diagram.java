package dev.elman.layers;

import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What a network is made of: boxes, and the wires between them, within a time step and from step to
 * step.
 *
 * <p>Layers say it of themselves ({@link Layer#describe}), in the order and with the connections of
 * their forward pass, with wires in the place of nodes; whoever draws or lists networks reads it.
 * Each recurrence stands once, as a wire with a delay: the folded graph.
 *
 * <pre>{@code
 * Wire x = diagram.input("x", 3);
 * Wire h = diagram.recurrent(Box.of("lstm", lstm), "h, c", x);   // to itself, too, a step later
 * Wire y = diagram.box(Box.of("dense", dense), h);
 * diagram.connect(y, h, Way.STEP, 1, "y");              // output fed back
 * }</pre>
 */
public final class Diagram {
  private final List<Box> boxes;
  private final List<Edge> edges;
  private final List<Integer> times; // for each box its sequence, ONCE for none
  private final int delay; // of recurrences: 1 to the next step, -1 where time runs backwards

  private static final int ONCE = -1;

  /** A blank one. */
  public Diagram() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 1);
  }

  private Diagram(List<Box> boxes, List<Edge> edges, List<Integer> times, int delay) {
    this.boxes = boxes;
    this.edges = edges;
    this.times = times;
    this.delay = delay;
  }

  /** What a box is. */
  public enum Kind {
    /** Given from outside. */
    INPUT,
    /** A computation. */
    LAYER,
    /** Where wires join: a sum, a product, columns side by side. */
    MERGE,
    /** The result. */
    OUTPUT
  }

  /**
   * A box.
   *
   * @param kind what it is
   * @param name such as {@code lstm}
   * @param shape in the letters of the docs, such as {@code 3 → 64}; empty for none
   * @param columns how many numbers a row has that leaves it
   * @param parameters how many numbers of it training changes
   */
  public record Box(Kind kind, String name, String shape, int columns, long parameters) {
    /** The box of a layer without inner parts. */
    public static Box of(String name, Layer layer) {
      return of(name, layer.inputs(), layer.outputs(), layer.weights());
    }

    /** A computation from D columns to others; a weight that stands twice counts once. */
    public static Box of(String name, int inputs, int outputs, List<Weight> weights) {
      Set<Weight> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
      distinct.addAll(weights);
      long parameters = distinct.stream().mapToLong(Weight::size).sum();
      return new Box(Kind.LAYER, name, inputs + " → " + outputs, outputs, parameters);
    }
  }

  /** Which steps a wire goes between. */
  public enum Way {
    /** From each step to the same or, with a delay, to a later one; or from one thing to all. */
    STEP,
    /** From the last step of a sequence. */
    LAST,
    /** From the first step of a sequence. */
    FIRST,
    /** From all steps of a sequence. */
    ALL,
    /** To the first step of a sequence: its first state. */
    START
  }

  /**
   * A wire between two boxes.
   *
   * @param from the index of a box
   * @param to the index of a box
   * @param delay in steps, where both are of one sequence; negative where time runs backwards
   * @param label what it carries; empty where the boxes say it
   */
  public record Edge(int from, int to, Way way, int delay, String label) {}

  /** What a box gives, to be connected with others. */
  public record Wire(int box, int columns) {}

  /** A sequence that is given, a row at each step: the boxes that it goes to stand at its steps. */
  public Wire input(String name, int columns) {
    return add(new Box(Kind.INPUT, name, "", columns, 0), boxes.size());
  }

  /** A sequence that is given and has the steps of another. */
  public Wire input(String name, int columns, Wire beside) {
    return add(new Box(Kind.INPUT, name, "", columns, 0), times.get(beside.box));
  }

  /** A row that is given once. */
  public Wire vector(String name, int columns) {
    return add(new Box(Kind.INPUT, name, "", columns, 0), ONCE);
  }

  /** A box, at each step of what goes in first; other sequences go into it with all their steps. */
  public Wire box(Box box, Wire... from) {
    Wire added = add(box, times.get(from[0].box));
    for (Wire wire : from) {
      boolean other = isSequence(wire) && !times.get(wire.box).equals(times.get(added.box));
      connect(wire, added, other ? Way.ALL : Way.STEP, 0, "");
    }
    return added;
  }

  /** A layer with a state, here by its letters, which goes back to it a step later. */
  public Wire recurrent(Box box, String state, Wire... from) {
    Wire added = box(box, from);
    connect(added, added, Way.STEP, delay, state);
    return added;
  }

  /** Wires that join, as a sum does. */
  public Wire merge(String sign, int columns, Wire... from) {
    return box(new Box(Kind.MERGE, sign, "", columns, 0), from);
  }

  /** A box that stands once, and takes what some steps of a sequence give. */
  public Wire once(Box box, Way way, Wire from) {
    Wire added = add(box, ONCE);
    connect(from, added, way, 0, "");
    return added;
  }

  /** The result. */
  public Wire output(String name, Wire from) {
    return box(new Box(Kind.OUTPUT, name, "", from.columns, 0), from);
  }

  /**
   * Any connection between boxes that stand already, such as a result that is fed back.
   *
   * @param steps how many later it arrives
   * @param label what it carries; may be empty
   */
  public void connect(Wire from, Wire to, Way way, int steps, String label) {
    edges.add(new Edge(from.box, to.box, way, steps, label));
  }

  /** A wire that arrives some steps later; earlier, where time runs backwards. */
  public void later(Wire from, Wire to, int steps) {
    connect(from, to, Way.STEP, delay * steps, "");
  }

  /** The same diagram, to which recurrences are added in which time runs backwards. */
  public Diagram backwards() {
    return new Diagram(boxes, edges, times, -delay);
  }

  /** All boxes, inputs before what they go to. */
  public List<Box> boxes() {
    return List.copyOf(boxes);
  }

  /** All wires. */
  public List<Edge> edges() {
    return List.copyOf(edges);
  }

  /** Whether a wire carries a row at each step of a sequence. */
  public boolean isSequence(Wire wire) {
    return times.get(wire.box) != ONCE;
  }

  /** The sequence at whose steps a box stands, by the index of its input; -1 for none. */
  public int sequence(int box) {
    return times.get(box);
  }

  private Wire add(Box box, int time) {
    boxes.add(box);
    times.add(time);
    return new Wire(boxes.size() - 1, box.columns);
  }
}
