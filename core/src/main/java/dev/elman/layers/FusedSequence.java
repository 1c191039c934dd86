package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.cells.FusedCell;
import dev.elman.cells.Token;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.PackedWeight;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;

/**
 * A fused cell over whole sequences, as one operation on the tape.
 *
 * <p>Forwards: one product for the inputs of all steps, one small product a step for the state, and
 * the cell's gates while the step's rows are in cache. Backwards: the gates and one small product a
 * step, then one product over all tokens for each weight gradient. Memory for N tokens: {@code
 * N·H·(G + states + memory)} floats, and {@code N·H} more backwards ({@code N·H·(G + 1)} where
 * products are apart).
 */
final class FusedSequence {
  private final FusedCell cell;
  private final int inputs;
  private final int hidden;
  private final int width; // G·H
  private final Weight weightIh;
  private final Weight weightHh;
  private final Weight biasIh;
  private final Weight biasHh;
  private final PackedWeight packedIh;
  private final PackedWeight packedHh;

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
    Pass pass = new Pass(tape, packing, x, state);
    pass.forward();
    return new Layer.Output(pass.next[0], pass.last());
  }

  /** One run over one batch: its buffers, forwards and backwards. */
  private final class Pass {
    private final Tape tape;
    private final Kernels kernels;
    private final Packing packing;
    private final Node x; // [N, D]
    private final Node[] first; // [B, H]
    private final Node[] next; // [N, H], state tensors after each step; the first is the output
    private final Node[] last; // [B, H]
    private final float[] gates; // [N, G·H]
    private final float[] memory; // [N, memory·H]
    private final float[] recurrent; // [B, G·H], only where products are apart
    private final Token token = new Token(hidden, cell.states());

    Pass(Tape tape, Packing packing, Node x, Node[] first) {
      this.tape = tape;
      this.kernels = tape.kernels();
      this.packing = packing;
      this.x = x;
      this.first = first;
      int n = packing.tokens();
      next = new Node[first.length];
      for (int s = 0; s < next.length; s++) {
        next[s] = tape.node(n, hidden, s == 0);
      }
      last = new Node[first.length];
      gates = tape.buffer(n * width);
      memory = tape.buffer(n * cell.memory() * hidden);
      recurrent = tape.buffer(cell.splitsProducts() ? packing.sequences() * width : 0);
      token.gates = gates;
      token.memory = memory;
      tape.record(next[0], this::backward);
    }

    void forward() {
      packedIh.productPlusRow(
          kernels,
          packing.tokens(),
          x.value(),
          0,
          inputs,
          cell.splitsProducts() ? biasIh.values() : sumOfBiases(),
          gates,
          0,
          width);
      token.recurrent = recurrent;
      for (int t = 0; t < packing.steps(); t++) {
        addRecurrentProduct(t);
        for (int b = 0; b < packing.running(t); b++) {
          point(t, b);
          token.recurrentAt = b * width;
          cell.forward(kernels, token);
        }
      }
    }

    private float[] sumOfBiases() {
      float[] sum = tape.buffer(width);
      System.arraycopy(biasIh.values(), 0, sum, 0, width);
      kernels.axpy(1, biasHh.values(), 0, sum, 0, width);
      return sum;
    }

    private void addRecurrentProduct(int t) {
      float[] h = t == 0 ? first[0].value() : next[0].value();
      int hAt = t == 0 ? 0 : packing.start(t - 1) * hidden;
      int running = packing.running(t);
      if (cell.splitsProducts()) {
        packedHh.productPlusRow(
            kernels, running, h, hAt, hidden, biasHh.values(), recurrent, 0, width);
      } else {
        int gatesAt = packing.start(t) * width;
        packedHh.addProduct(kernels, running, h, hAt, hidden, gates, gatesAt, width);
      }
    }

    /** Points the token at sequence b of step t. */
    private void point(int t, int b) {
      int row = packing.row(t, b);
      token.gatesAt = row * width;
      token.memoryAt = row * cell.memory() * hidden;
      for (int s = 0; s < next.length; s++) {
        token.previous[s] = t == 0 ? first[s].value() : next[s].value();
        token.previousAt[s] = (t == 0 ? b : packing.row(t - 1, b)) * hidden;
        token.next[s] = next[s].value();
        token.nextAt[s] = row * hidden;
      }
    }

    /** The state after each sequence's last step; blame on it waits for {@link #backward}. */
    Node[] last() {
      for (int s = 0; s < last.length; s++) {
        last[s] = tape.node(packing.sequences(), hidden, true);
        for (int b = 0; b < packing.sequences(); b++) {
          int from = packing.lastRow(b) * hidden;
          System.arraycopy(next[s].value(), from, last[s].value(), b * hidden, hidden);
        }
        tape.record(last[s], next[0]::gradient); // so that the sequence's own step runs
      }
      return last;
    }

    private void backward() {
      float[] apart = cell.splitsProducts() ? tape.buffer(packing.tokens() * width) : gates;
      token.recurrent = apart;
      for (int s = 0; s < last.length; s++) {
        token.blame[s] = last[s].gradient();
      }
      for (int t = packing.steps() - 1; t >= 0; t--) {
        int running = packing.running(t);
        int at = packing.start(t);
        kernels.axpy(1, next[0].gradient(), at * hidden, token.blame[0], 0, running * hidden);
        for (int b = 0; b < running; b++) {
          point(t, b);
          token.recurrentAt = token.gatesAt;
          for (int s = 0; s < last.length; s++) {
            token.blameAt[s] = b * hidden;
          }
          cell.backward(kernels, token);
        }
        if (t > 0 || first[0].needsGradient()) {
          kernels.addProduct(
              running,
              apart,
              at * width,
              width,
              packedHh.straight(kernels),
              token.blame[0],
              0,
              hidden);
        }
      }
      for (int s = 0; s < first.length; s++) {
        if (first[s].needsGradient()) {
          kernels.axpy(1, token.blame[s], 0, first[s].gradient(), 0, first[s].size());
        }
      }
      addWeightGradients(apart);
    }

    private void addWeightGradients(float[] apart) {
      int n = packing.tokens();
      addTransposed(gates, x.value(), inputs, tape.gradient(weightIh));
      addTransposed(apart, previousOutputs(), hidden, tape.gradient(weightHh));
      float[] sums = columnSums(gates);
      kernels.axpy(1, sums, 0, tape.gradient(biasIh), 0, width);
      float[] recurrentSums = cell.splitsProducts() ? columnSums(apart) : sums;
      kernels.axpy(1, recurrentSums, 0, tape.gradient(biasHh), 0, width);
      if (x.needsGradient()) {
        kernels.addProduct(n, gates, 0, width, packedIh.straight(kernels), x.gradient(), 0, inputs);
      }
    }

    private float[] columnSums(float[] rows) {
      float[] sums = tape.buffer(width);
      Arrays.fill(sums, 0, width, 0);
      kernels.addColumnSums(packing.tokens(), width, rows, 0, width, sums, 0);
      return sums;
    }

    private void addTransposed(float[] blame, float[] rows, int columns, float[] gradient) {
      kernels.addTransposedProduct(
          packing.tokens(),
          blame,
          0,
          width,
          width,
          rows,
          0,
          columns,
          columns,
          gradient,
          0,
          columns,
          tape.scratch());
    }

    /** {@code [N, H]}: beside each token the output before it. */
    private float[] previousOutputs() {
      float[] rows = tape.buffer(packing.tokens() * hidden);
      for (int t = 0; t < packing.steps(); t++) {
        float[] from = t == 0 ? first[0].value() : next[0].value();
        int fromAt = t == 0 ? 0 : packing.start(t - 1) * hidden;
        System.arraycopy(
            from, fromAt, rows, packing.start(t) * hidden, packing.running(t) * hidden);
      }
      return rows;
    }
  }
}
