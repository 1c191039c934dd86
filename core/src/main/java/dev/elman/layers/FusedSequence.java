package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.cells.FusedCell;
import dev.elman.kernels.PackedWeight;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * A fused cell and its weights, to be run over whole sequences as one operation on the tape ({@link
 * FusedPass}).
 */
final class FusedSequence {
  private static final int FEWEST_JOINED = 4; // sequences at a step
  private static final int LARGEST_JOINED = 1 << 20; // numbers of weight_ih
  private static final int SMALLEST_JOINED_STEP = 1 << 16; // numbers of both weights

  final FusedCell cell;
  final int inputs;
  final int hidden;
  final int width; // G·H
  final Weight weightIh;
  final Weight weightHh;
  final Weight biasIh;
  final Weight biasHh;
  final PackedWeight packedIh;
  final PackedWeight packedHh;
  final PackedWeight packedBoth;

  FusedSequence(FusedCell cell, int inputs, int hidden, List<Weight> weights) {
    this.cell = cell;
    this.inputs = inputs;
    this.hidden = hidden;
    width = cell.gates() * hidden;
    weightIh = weights.get(0);
    weightHh = weights.get(1);
    biasIh = weights.get(2);
    biasHh = weights.get(3);
    packedBoth = new PackedWeight(weightIh, weightHh);
    boolean apart = cell.splitsProducts();
    packedIh = apart ? new PackedWeight(weightIh) : packedBoth.first();
    packedHh = apart ? new PackedWeight(weightHh) : packedBoth.second();
  }

  /**
   * Whether input and state are multiplied together, step by step: C is gone through once, not
   * twice. With several steps not where there are few sequences, nor with a weight that is slow to
   * read: of that, a product for many steps reads less.
   */
  boolean joins(Packing packing) {
    return packing.steps() == 1 && joinsStep()
        || mayJoin()
            && packing.tokens() >= FEWEST_JOINED * packing.steps()
            && inputs * width <= LARGEST_JOINED;
  }

  /**
   * The same of a single step. Of weights that are gone through as one, in turn from the first and
   * from the last column, part is still in cache; smaller ones are there anyway.
   */
  boolean joinsStep() {
    return mayJoin() && (inputs + hidden) * width >= SMALLEST_JOINED_STEP;
  }

  private boolean mayJoin() {
    return !cell.splitsProducts() && weightIh.int8() == null && weightHh.int8() == null;
  }

  Layer.Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    return new FusedPass(this, tape, packing, x, state).forward();
  }
}
