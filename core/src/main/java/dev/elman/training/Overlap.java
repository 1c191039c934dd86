package dev.elman.training;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Source;
import dev.elman.layers.Layer;
import dev.elman.models.Model;
import dev.elman.tensor.RandomStream;
import java.util.List;

/**
 * A run over a batch whose last steps stand at the beginning of the next once more: cut in two
 * where that one begins, so that the state there is known, and joined again.
 */
final class Overlap {
  private final Model model;
  private final Batch before;
  private final Batch after;

  Overlap(Model model, Source source) {
    this.model = model;
    before = source.blank();
    after = source.blank();
  }

  /**
   * Runs the model forwards over all steps; blame flows back over the cut.
   *
   * @param again how many of the last steps the next batch has, too
   * @param state before the batch; changed to that before the next
   * @return the rows that have targets, the last, and the state after all steps
   */
  Layer.Output forward(Tape tape, Batch batch, Node[] state, int again) {
    int steps = batch.packing().steps();
    int cut = steps - again;
    Layer.Output all;
    if (cut == 0) { // the next batch begins where this one does
      all = model.forward(tape, batch.packing(), batch.inputs(), state);
    } else {
      batch.copyInputs(0, cut, before);
      batch.copyInputs(cut, steps, after);
      RandomStream random = tape.random().map(RandomStream::copy).orElse(null);
      Layer.Output first = model.forward(tape, before.packing(), before.inputs(), state.clone());
      System.arraycopy(first.state(), 0, state, 0, state.length);
      tape.random(random); // both draw from the numbers of the whole batch
      Layer.Output second =
          model.forward(tape, after.packing(), after.inputs(), first.state().clone());
      Node rows = Slices.joinRows(tape, List.of(first.rows(), second.rows()));
      all = new Layer.Output(rows, second.state());
    }
    int counted = batch.targets().rows();
    Node last = Slices.rows(tape, all.rows(), all.rows().rows() - counted, counted);
    return new Layer.Output(last, all.state());
  }
}
