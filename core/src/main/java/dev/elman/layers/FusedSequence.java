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
  }

  Layer.Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    return new FusedPass(this, tape, packing, x, state).forward();
  }
}
