package dev.elman.layers;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.autodiff.Witness;
import dev.elman.batches.Packing;
import dev.elman.cells.Cell;
import dev.elman.cells.Draw;
import dev.elman.cells.FusedCell;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cell run over time: {@code [N, D]} to {@code [N, outputs]}, which is H for most cells.
 *
 * <p>Any cell runs step by step on the tape; a {@link FusedCell} runs as one fused operation over
 * the whole sequence, with the same result.
 */
public final class Recurrent implements Layer {
  private final Name name;
  private final Cell cell;
  private final int inputs;
  private final int hidden;
  private final List<Weight> weights;
  private final FusedSequence fused;

  /**
   * Makes the layer with initial weights.
   *
   * @param name where its weights stand in a file: prefix and suffix around the cell's own names
   * @param inputs D
   * @param hidden H
   * @param seed of the initial weights
   */
  public Recurrent(
      Name name, Cell cell, int inputs, int hidden, Initialisation initialisation, long seed) {
    this.name = name;
    this.cell = cell;
    this.inputs = Shape.positive("inputs", inputs);
    this.hidden = Shape.positive("hidden", hidden);
    this.weights = new ArrayList<>();
    for (Cell.WeightShape shape : cell.weights(inputs, hidden)) {
      boolean trained = shape.kind() != Cell.Kind.FIXED;
      String full = name.of(shape.name());
      Weight weight = trained ? new Weight(full, shape.shape()) : Weight.fixed(full, shape.shape());
      RandomStream random = RandomStream.of(seed, "weights " + full);
      if (trained && shape.kind() != Cell.Kind.OWN) {
        initialisation.fill(new Initialisation.Place(cell, shape, hidden, seed), weight);
      } else {
        beginAsCellSays(shape.name(), weight, random);
      }
      weights.add(weight);
    }
    this.fused = cell instanceof FusedCell f ? new FusedSequence(f, inputs, hidden, weights) : null;
  }

  private void beginAsCellSays(String shortName, Weight weight, RandomStream random) {
    weight.update(
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = cell.first(shortName, random);
          }
        });
  }

  /**
   * What stands before and after the names of a cell's weights: {@code rnn.} and {@code _l0}.
   *
   * @param prefix the model's name of the layer, with its dot
   * @param suffix PyTorch's layer and direction: {@code _l0}, {@code _l1_reverse}
   */
  public record Name(String prefix, String suffix) {
    String of(String weight) {
      return prefix + weight + suffix;
    }

    /** Without a weight: {@code rnn_l0}. */
    String ofLayer() {
      return prefix.replaceFirst("\\.$", "") + suffix;
    }
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return cell.outputs(hidden);
  }

  @Override
  public List<Weight> weights() {
    return List.copyOf(weights);
  }

  @Override
  public int[] states() {
    return cell.widths(hidden);
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    Shape.require(
        "Input of cell " + cell.name(),
        new int[] {packing.tokens(), inputs},
        new int[] {x.rows(), x.columns()},
        "Was the model made for other data?");
    StateTensors.require("cell " + cell.name(), this, packing, state);
    return fused == null || tape.witness() != null
        ? unrolled(tape, packing, x, state)
        : fused.forward(tape, packing, x, state);
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    return diagram.recurrent(Diagram.Box.of(cell.name(), this), cell.stateLetters(), x);
  }

  @Override
  public Stepper stepper(StreamState state) {
    return fused == null ? new TapeStep(this, state) : new FusedStep(fused, state);
  }

  private Map<String, Node> nodes(Tape tape) {
    Map<String, Node> nodes = new HashMap<>();
    List<Cell.WeightShape> shapes = cell.weights(inputs, hidden);
    for (int i = 0; i < shapes.size(); i++) {
      nodes.put(shapes.get(i).name(), tape.weight(weights.get(i)));
    }
    return nodes;
  }

  /** The definition: the cell's equations, step after step. */
  Output unrolled(Tape tape, Packing packing, Node x, Node[] state) {
    Map<String, Node> nodes = nodes(tape);
    Optional<RandomStream> random = cell.draws() ? tape.random() : Optional.empty();
    long runSeed = random.isPresent() ? random.get().nextLong() : 0; // one number, however cut
    int steps = packing.steps();
    List<Node> rows = new ArrayList<>();
    List<List<Node>> ended =
        new ArrayList<>(); // for each state, pieces of the final one, last first
    state = state.clone();
    for (int s = 0; s < state.length; s++) {
      ended.add(new ArrayList<>());
    }
    for (int t = 0; t < steps; t++) {
      int running = packing.running(t);
      int later = t + 1 < steps ? packing.running(t + 1) : 0;
      for (int s = 0; s < state.length; s++) {
        if (state[s].rows() > running) {
          state[s] = Slices.rows(tape, state[s], 0, running);
        }
      }
      if (tape.stateLimit() < Float.POSITIVE_INFINITY) {
        for (int s = 0; s < state.length; s++) {
          state[s] = new Equations(tape).limitBlame(state[s], tape.stateLimit());
        }
      }
      Node input = Slices.rows(tape, x, packing.start(t), running);
      Node[] before = state;
      int mark = tape.mark();
      Cell now = random.isPresent() ? cell.at(new Draw(runSeed, packing.stepsBefore() + t)) : cell;
      state = now.step(tape, nodes, input, before);
      if (tape.witness() != null) {
        show(tape, new Moment(t, mark, input), before, state);
      }
      rows.add(state[0]);
      for (int s = 0; s < state.length && later < running; s++) {
        ended.get(s).add(0, Slices.rows(tape, state[s], later, running - later));
      }
    }
    Node[] last = new Node[state.length];
    for (int s = 0; s < last.length; s++) {
      last[s] = Slices.joinRows(tape, ended.get(s));
    }
    return new Output(Slices.joinRows(tape, rows), last);
  }

  /** When a step was taken, from which mark of the tape on, and what it read. */
  private record Moment(int time, int mark, Node x) {}

  private void show(Tape tape, Moment moment, Node[] before, Node[] after) {
    tape.witness()
        .step(
            new Witness.Step(
                name.ofLayer(),
                moment.time,
                (other, x, state) -> cell.step(other, nodes(other), x, state),
                moment.x,
                before,
                after.clone(),
                tape.named(moment.mark)));
  }
}
