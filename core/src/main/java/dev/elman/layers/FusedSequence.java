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
    packedIh = new PackedWeight(weightIh);
    packedHh = new PackedWeight(weightHh);
    packedBoth = new PackedWeight(weightIh, weightHh);
  }

  /**
   * Whether input and state are multiplied together, step by step: C is gone through once, not
   * twice. With several steps not where there are few sequences, nor with a weight that is slow to
   * read: of that, a product for many steps reads less. A single step's always: read as one, in
   * turn from its first and from its last column, part of the weights is still in cache. Nor where
   * the cell wants the products apart, or a weight is int8. Who reads both many and few sequences
   * at a time keeps the weights packed in both ways.
   */
  boolean joins(Packing packing) {
    return !cell.splitsProducts()
        && weightIh.int8() == null
        && weightHh.int8() == null
        && (packing.steps() == 1
            || packing.tokens() >= FEWEST_JOINED * packing.steps()
                && inputs * width <= LARGEST_JOINED);
  }

  Layer.Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    return new FusedPass(this, tape, packing, x, state).forward();
  }
}
