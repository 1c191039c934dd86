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
    this.carried = new float[model.states().length][0];
  }

  /** Forwards; and backwards on a training tape. */
  void run(int index, Shard shard, RandomStream random) {
    tape.reset();
    tape.random(random);
    source.fill(index, shard, batch);
    Node[] state = model.zeroState(tape, batch.packing().sequences());
    if (source.continues() && index > 0) {
      takeUp(state);
    }
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

  private void takeUp(Node[] state) {
    for (int s = 0; s < state.length; s++) {
      int size = Math.min(state[s].size(), carriedRows * state[s].columns());
      System.arraycopy(carried[s], 0, state[s].value(), 0, size);
    }
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
