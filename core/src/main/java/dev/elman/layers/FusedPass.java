package dev.elman.layers;

import dev.elman.autodiff.Gradient;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.cells.FusedCell;
import dev.elman.cells.Token;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Part;
import dev.elman.kernels.Scratch;
import dev.elman.kernels.Threads;
import java.util.Arrays;

/**
 * One run of a {@link FusedSequence} over one batch: its buffers, forwards and backwards.
 *
 * <p>Forwards: one product a step for input and state together, or, where that is slower or the
 * cell wants them apart ({@link FusedSequence#joins}), one for the inputs of a block of steps,
 * whose gates stay in cache, then one small product a step for the state; and the cell's gates.
 * Backwards: the gates and one small product a step, then one product over all tokens for each
 * weight gradient. Memory for N tokens: {@code N·H·(G + states + memory)} floats, and {@code N·H}
 * more backwards ({@code N·H·(G + 1)} where products are apart); without a way back, {@code N·H}
 * and the gates of a block.
 *
 * <p>The tape's threads share every step: of a product each computes some columns, so that it reads
 * only its part of the weight, and of the gates some rows; after each they meet. No sum is cut, so
 * the bits do not depend on how many they are.
 */
final class FusedPass {
  private static final int LEAST_ROWS = 144; // as many as a product takes at a time, if wide
  private static final int CACHED = 32 * 1024; // floats of gates
  private static final int AT_ONCE = 4 * 1024; // of gates that a cell works on in one call

  private final FusedSequence layer;
  private final FusedCell cell;
  private final int hidden;
  private final int width; // G·H
  private final Tape tape;
  private final Kernels kernels;
  private final Threads threads;
  private final int members; // of the threads, those that work on this
  private final float stateLimit; // of the blame that a step passes back
  private final Packing packing;
  private final Node x; // [N, D]
  private final Node[] first; // [B, H]
  // state tensors after each step; the first is the output
  private final Node[] next; // [N, H]; without a way back the others are [B, H], of the last step
  private final Node[] last; // [B, H]
  private final boolean keeps; // gates and memory of all steps, for the way back
  private final int block; // rows
  private final int atOnce; // tokens that a cell works on in one call
  private final float[] gates; // [N, G·H], or a block of them
  private final float[] memory; // [N, memory·H]
  private final boolean joins; // input and state in one product
  private final float[] recurrent; // [B, G·H], only where products are apart

  FusedPass(FusedSequence layer, Tape tape, Packing packing, Node x, Node[] first) {
    this.layer = layer;
    this.cell = layer.cell;
    this.hidden = layer.hidden;
    this.width = layer.width;
    this.tape = tape;
    this.kernels = tape.kernels();
    this.threads = tape.threads();
    this.stateLimit = tape.stateLimit();
    this.packing = packing;
    this.x = x;
    this.first = first;
    int n = packing.tokens();
    next = new Node[first.length];
    next[0] = tape.node(n, hidden, true);
    keeps = next[0].needsGradient();
    for (int s = 1; s < next.length; s++) {
      next[s] = tape.node(keeps ? n : packing.sequences(), hidden, false);
    }
    last = new Node[first.length];
    block = Math.max(LEAST_ROWS, CACHED / width);
    atOnce = Math.max(1, AT_ONCE / width);
    int rows = keeps ? n : Math.min(n, Math.max(block, packing.sequences()));
    gates = tape.buffer(rows * width);
    memory = tape.buffer(rows * cell.memory() * hidden);
    recurrent = tape.buffer(cell.splitsProducts() ? packing.sequences() * width : 0);
    joins = layer.joins(packing);
    members = threads.worthwhile((long) packing.sequences() * width * hidden);
    tape.record(next[0], this::backward);
  }

  Layer.Output forward() {
    float[] bias = cell.splitsProducts() ? layer.biasIh.values() : sumOfBiases();
    threads.together(members, part -> forward(part, bias));
    return new Layer.Output(next[0], last());
  }

  private void forward(Part part, float[] bias) {
    Token token = token(recurrent);
    int ready = 0; // steps whose inputs have been multiplied
    int gone = 0; // rows that gates no longer hold
    for (int t = 0; t < packing.steps(); t++) {
      if (joins) {
        gone = keeps ? 0 : packing.start(t);
      } else if (t == ready) {
        ready = blockEnd(t);
        int row = packing.start(t);
        gone = keeps ? 0 : row;
        layer.packedIh.productPlusRow(
            kernels,
            part,
            packing.start(ready) - row,
            x.value(),
            row * layer.inputs,
            layer.inputs,
            bias,
            gates,
            (row - gone) * width,
            width);
      }
      int running = packing.running(t);
      if (joins) {
        joinedProduct(part, t, gone, bias);
      } else {
        addRecurrentProduct(part, t, gone);
      }
      threads.meet(part);
      int end = part.to(running);
      for (int b = part.from(running); b < end; b += token.rows) {
        point(token, t, b, gone);
        token.rows = Math.min(atOnce, end - b);
        token.recurrentAt = b * width;
        cell.forward(kernels, token);
      }
      threads.meet(part);
    }
  }

  /** The step behind a block that begins with step t. */
  private int blockEnd(int t) {
    int end = t + 1;
    while (end < packing.steps() && packing.start(end + 1) - packing.start(t) <= block) {
      end++;
    }
    return end;
  }

  private float[] sumOfBiases() {
    float[] sum = tape.buffer(width);
    System.arraycopy(layer.biasIh.values(), 0, sum, 0, width);
    kernels.axpy(1, layer.biasHh.values(), 0, sum, 0, width);
    return sum;
  }

  private void joinedProduct(Part part, int t, int gone, float[] bias) {
    float[] h = t == 0 ? first[0].value() : next[0].value();
    int hAt = t == 0 ? 0 : packing.start(t - 1) * hidden;
    int row = packing.start(t);
    int d = layer.inputs;
    layer.packedBoth.joinedProductPlusRow(
        kernels,
        part,
        packing.running(t),
        x.value(),
        row * d,
        h,
        hAt,
        bias,
        gates,
        (row - gone) * width,
        width);
  }

  private void addRecurrentProduct(Part part, int t, int gone) {
    float[] h = t == 0 ? first[0].value() : next[0].value();
    int hAt = t == 0 ? 0 : packing.start(t - 1) * hidden;
    int running = packing.running(t);
    if (cell.splitsProducts()) {
      float[] bias = layer.biasHh.values();
      layer.packedHh.productPlusRow(
          kernels, part, running, h, hAt, hidden, bias, recurrent, 0, width);
    } else {
      int gatesAt = (packing.start(t) - gone) * width;
      layer.packedHh.addProduct(kernels, part, running, h, hAt, hidden, gates, gatesAt, width);
    }
  }

  private Token token(float[] recurrentProducts) {
    Token token = new Token(hidden, cell.states());
    token.gates = gates;
    token.memory = memory;
    token.recurrent = recurrentProducts;
    return token;
  }

  /** Points the token at sequence b of step t; gates and memory no longer hold the gone rows. */
  private void point(Token token, int t, int b, int gone) {
    int row = packing.row(t, b);
    token.gatesAt = (row - gone) * width;
    token.memoryAt = (row - gone) * cell.memory() * hidden;
    for (int s = 0; s < next.length; s++) {
      boolean stays = s > 0 && !keeps; // in place
      token.previous[s] = t == 0 ? first[s].value() : next[s].value();
      token.previousAt[s] = (t == 0 || stays ? b : packing.row(t - 1, b)) * hidden;
      token.next[s] = next[s].value();
      token.nextAt[s] = (stays ? b : row) * hidden;
    }
  }

  /** The state after each sequence's last step; blame on it waits for {@link #backward}. */
  private Node[] last() {
    for (int s = 0; s < last.length; s++) {
      last[s] = tape.node(packing.sequences(), hidden, true);
      for (int b = 0; b < packing.sequences(); b++) {
        int from = (s > 0 && !keeps ? b : packing.lastRow(b)) * hidden;
        System.arraycopy(next[s].value(), from, last[s].value(), b * hidden, hidden);
      }
      tape.record(last[s], next[0]::gradient); // so that the sequence's own step runs
    }
    return last;
  }

  private void backward() {
    boolean splits = cell.splitsProducts();
    float[] apart = splits ? tape.buffer(packing.tokens() * width) : gates;
    float[] before = tape.buffer(packing.tokens() * hidden);
    float[] sums = zeros();
    float[] recurrentSums = splits ? zeros() : sums;
    Blame blame = new Blame();
    threads.together(
        members,
        part -> {
          steps(part, apart, blame);
          previousOutputs(part, before);
          addColumnSums(part, gates, sums);
          if (splits) {
            addColumnSums(part, apart, recurrentSums);
          }
          threads.meet(part);
          Scratch scratch = blame.scratch[part.index()];
          addTransposed(part, gates, x.value(), layer.inputs, blame.weightIh, scratch);
          addTransposed(part, apart, before, hidden, blame.weightHh, scratch);
          if (x.needsGradient()) {
            layer.packedIh.addStraightProduct(
                kernels, part, packing.tokens(), gates, 0, width, blame.x, 0, layer.inputs);
          }
        });
    for (int s = 0; s < first.length; s++) {
      if (first[s].needsGradient()) {
        limit(blame.state[s], 0, first[s].size());
        kernels.axpy(1, blame.state[s], 0, first[s].gradient(), 0, first[s].size());
      }
    }
    kernels.axpy(1, sums, 0, tape.gradient(layer.biasIh), 0, width);
    kernels.axpy(1, recurrentSums, 0, tape.gradient(layer.biasHh), 0, width);
  }

  /** The gradients that are added to, asked of the tape by one thread for all. */
  private final class Blame {
    final float[] outputs = next[0].gradient();
    final float[][] state = new float[last.length][];
    final Gradient weightIh = tape.wholeGradient(layer.weightIh);
    final Gradient weightHh = tape.wholeGradient(layer.weightHh);
    final float[] x = FusedPass.this.x.needsGradient() ? FusedPass.this.x.gradient() : null;
    final Scratch[] scratch = new Scratch[members];

    Blame() {
      Arrays.setAll(state, s -> last[s].gradient());
      Arrays.setAll(scratch, tape::scratch);
    }
  }

  private float[] zeros() {
    float[] zeros = tape.buffer(width);
    Arrays.fill(zeros, 0, width, 0);
    return zeros;
  }

  /** From the last step to the first: gates become the blame on their products. */
  private void steps(Part part, float[] apart, Blame blame) {
    Token token = token(apart);
    System.arraycopy(blame.state, 0, token.blame, 0, last.length);
    for (int t = packing.steps() - 1; t >= 0; t--) {
      int running = packing.running(t);
      int at = packing.start(t);
      if (stateLimit < Float.POSITIVE_INFINITY && t + 1 < packing.steps()) {
        limitPassedBack(part, t, blame);
      }
      int end = part.to(running);
      for (int b = part.from(running); b < end; b += token.rows) {
        point(token, t, b, 0);
        token.rows = Math.min(atOnce, end - b);
        token.recurrentAt = token.gatesAt;
        for (int s = 0; s < last.length; s++) {
          token.blameAt[s] = b * hidden;
        }
        int row = (at + b) * hidden;
        kernels.axpy(1, blame.outputs, row, token.blame[0], b * hidden, token.rows * hidden);
        cell.backward(kernels, token);
      }
      threads.meet(part);
      if (t > 0 || first[0].needsGradient()) {
        layer.packedHh.addStraightProduct(
            kernels, part, running, apart, at * width, width, token.blame[0], 0, hidden);
      }
      threads.meet(part);
    }
  }

  /** Cuts what step t + 1 passed back to the state after step t, of this thread's sequences. */
  private void limitPassedBack(Part part, int t, Blame blame) {
    int running = packing.running(t);
    int from = part.from(running);
    int to = Math.min(part.to(running), packing.running(t + 1)); // the others have ended at t
    for (int s = 0; s < last.length && from < to; s++) {
      limit(blame.state[s], from * hidden, to * hidden);
    }
  }

  private void limit(float[] blame, int from, int to) {
    for (int i = from; i < to && stateLimit < Float.POSITIVE_INFINITY; i++) {
      blame[i] = Math.max(-stateLimit, Math.min(stateLimit, blame[i]));
    }
  }

  private void addColumnSums(Part part, float[] rows, float[] sums) {
    int from = part.from(width);
    int columns = part.to(width) - from;
    kernels.addColumnSums(packing.tokens(), columns, rows, from, width, sums, from);
  }

  private void addTransposed(
      Part part, float[] blame, float[] rows, int columns, Gradient to, Scratch scratch) {
    int from = part.from(width);
    kernels.addTransposedProduct(
        packing.tokens(),
        blame,
        from,
        width,
        part.to(width) - from,
        rows,
        0,
        columns,
        columns,
        to.numbers(),
        from * columns,
        columns,
        to.isStale(),
        scratch);
  }

  /** {@code [N, H]}: beside each token the output before it. */
  private void previousOutputs(Part part, float[] rows) {
    for (int t = part.from(packing.steps()); t < part.to(packing.steps()); t++) {
      float[] from = t == 0 ? first[0].value() : next[0].value();
      int fromAt = t == 0 ? 0 : packing.start(t - 1) * hidden;
      int size = packing.running(t) * hidden;
      System.arraycopy(from, fromAt, rows, packing.start(t) * hidden, size);
    }
  }
}
