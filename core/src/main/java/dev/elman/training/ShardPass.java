package dev.elman.training;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.layers.Layer;
import dev.elman.losses.Loss;
import dev.elman.models.Model;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;

/**
 * One shard's run through a model: its tape, its batch and the state it carries.
 *
 * <p>Used by one thread at a time; it keeps all buffers from batch to batch.
 */
final class ShardPass {
  private final Model model;
  private final Source source;
  private final Loss loss;
  private final Tape tape;
  private final Batch batch;
  private final float[][] carried;
  private Overlap overlap; // made when first needed
  private int carriedRows;
  private Node predictions;
  private double lossSum;
  private int terms;

  ShardPass(Model model, Source source, Loss loss, Tape tape) {
    this.model = model;
    this.source = source;
    this.loss = loss;
    this.tape = tape;
    this.batch = source.blank();
    if (source.continues() && !model.causal()) {
      throw new IllegalArgumentException(
          "Batches that go on where the one before ended: expected a model that reads forwards"
              + " only, got a "
              + model.task()
              + " that reads both ways: what it says of a row depends on rows that the next batch"
              + " brings.\nLikely cause: a bidirectional layer, used on a stream."
              + "\nCure: give it whole sequences, or leave --bidirectional away.");
    }
    this.carried = new float[model.states().length][0];
  }

  /** Forwards; and backwards on a training tape. */
  void run(int index, Shard shard, RandomStream random) {
    tape.reset();
    tape.random(random);
    source.fill(index, shard, batch);
    int sequences = batch.packing().sequences();
    boolean carries = source.continues() && index > 0 && carriedRows > 0;
    Node[] state = carries ? takeUp(sequences) : model.firstState(tape, sequences);
    int again = source.overlap(index);
    Layer.Output output =
        again == 0
            ? model.forward(tape, batch.packing(), batch.inputs(), state)
            : overlapped(state, again);
    predictions = output.rows();
    Node sum = loss.sum(tape, output.rows(), batch.targets());
    terms = loss.terms(output.rows(), batch.targets());
    lossSum = sum.value()[0];
    if (source.continues() && again == 0) {
      putDown(output.state());
    }
    if (sum.needsGradient()) {
      tape.backward(sum);
    }
  }

  /** Carries the state from where the next batch begins; none, where that is at the start, too. */
  private Layer.Output overlapped(Node[] state, int again) {
    if (overlap == null) {
      overlap = new Overlap(model, source);
    }
    Layer.Output output = overlap.forward(tape, batch, state, again);
    if (again < batch.packing().steps()) {
      putDown(state);
    } else {
      Arrays.fill(carried, new float[0]);
      carriedRows = 0;
    }
    return output;
  }

  /** The state that the batch before left, as constants: blame stops here. */
  private Node[] takeUp(int sequences) {
    int[] widths = model.states();
    Node[] state = new Node[widths.length];
    for (int s = 0; s < state.length; s++) {
      state[s] = tape.zeros(sequences, widths[s]);
      int size = Math.min(state[s].size(), carriedRows * widths[s]);
      System.arraycopy(carried[s], 0, state[s].value(), 0, size);
    }
    return state;
  }

  private void putDown(Node[] state) {
    for (int s = 0; s < state.length; s++) {
      if (carried[s].length < state[s].size()) {
        carried[s] = new float[state[s].size()];
      }
      System.arraycopy(state[s].value(), 0, carried[s], 0, state[s].size());
      carriedRows = state[s].rows();
    }
  }

  Batch batch() {
    return batch;
  }

  Node predictions() {
    return predictions;
  }

  Tape tape() {
    return tape;
  }

  double lossSum() {
    return lossSum;
  }

  int terms() {
    return terms;
  }

  int tokens() {
    return batch.packing().tokens();
  }

  /** Copies of the carried state, to be saved. */
  float[][] carried() {
    float[][] copies = new float[carried.length][];
    for (int s = 0; s < copies.length; s++) {
      copies[s] = carried[s].clone();
    }
    return copies;
  }

  /** Goes on from a saved state. */
  void carry(float[][] saved) {
    for (int s = 0; s < carried.length; s++) {
      carried[s] = saved[s].clone();
      carriedRows = saved[s].length / model.states()[s];
    }
  }
}
