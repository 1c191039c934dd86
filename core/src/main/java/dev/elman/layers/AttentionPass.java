package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import java.util.Arrays;

/**
 * One run of {@link Attention} over one batch: scores, their softmax and the means, as a single
 * operation on the tape, and the way back.
 *
 * <p>The tanh units of the additive score are computed again on the way back, so that nothing but
 * the shares is kept for each pair of a query and a row.
 */
final class AttentionPass {
  private final Tape tape;
  private final Kernels kernels;
  private final Packing packing;
  private final Node queries; // [N, A]
  private final Attention.Memory memory;
  private final int width; // A
  private final int columns; // E
  private final Alignment alignment;
  private final float[] units; // [A], tanh(query + key); then [A] for blame

  AttentionPass(Tape tape, Packing packing, Node queries, Attention.Memory memory) {
    this.tape = tape;
    this.kernels = tape.kernels();
    this.packing = packing;
    this.queries = queries;
    this.memory = memory;
    width = queries.columns();
    columns = memory.rows().columns();
    alignment = new Alignment(packing, memory, tape::buffer);
    units = tape.buffer(2 * width);
  }

  /**
   * Runs forwards.
   *
   * @param direction v of the additive score; null where the score is a product
   */
  Attention.Reading run(Node direction) {
    Node rows = memory.rows();
    boolean needed = queries.needsGradient() || rows.needsGradient() || direction != null;
    Node out = tape.node(packing.tokens(), columns, needed);
    float[] shares = alignment.shares();
    for (int b = 0; b < packing.sequences(); b++) {
      int count = alignment.sources(b);
      for (int t = 0; t < packing.length(b); t++) {
        int row = packing.row(t, b);
        int at = alignment.at(b, t);
        for (int s = 0; s < count; s++) {
          shares[at + s] = score(row, source(b, s), direction);
        }
        kernels.softmax(1, count, shares, at, shares, at);
        Arrays.fill(out.value(), row * columns, (row + 1) * columns, 0);
        for (int s = 0; s < count; s++) {
          int from = source(b, s) * columns;
          kernels.axpy(shares[at + s], rows.value(), from, out.value(), row * columns, columns);
        }
      }
    }
    tape.record(out, () -> backward(out, direction));
    return new Attention.Reading(out, alignment);
  }

  /** The row of the memory that is step s of the source of sequence b. */
  private int source(int b, int s) {
    return memory.packing().row(s, memory.places()[b]);
  }

  private float score(int query, int key, Node direction) {
    if (direction == null) {
      return product(queries.value(), query * width, memory.keys().value(), key * width);
    }
    units(query, key);
    return product(direction.value(), 0, units, 0);
  }

  private float product(float[] a, int aAt, float[] b, int bAt) {
    float sum = 0;
    for (int i = 0; i < width; i++) {
      sum = Math.fma(a[aAt + i], b[bAt + i], sum);
    }
    return sum;
  }

  private void units(int query, int key) {
    for (int i = 0; i < width; i++) {
      units[i] = queries.value()[query * width + i] + memory.keys().value()[key * width + i];
    }
    kernels.tanh(units, 0, units, 0, width);
  }

  private void backward(Node out, Node direction) {
    Node rows = memory.rows();
    float[] shares = alignment.shares();
    for (int b = 0; b < packing.sequences(); b++) {
      int count = alignment.sources(b);
      float[] blame = new float[count];
      for (int t = 0; t < packing.length(b); t++) {
        int row = packing.row(t, b);
        int at = alignment.at(b, t);
        double mean = 0; // Σ a_s da_s
        for (int s = 0; s < count; s++) {
          int from = source(b, s) * columns;
          blame[s] = blame(out, row, from); // da_s = dcontext·m_s
          mean += (double) shares[at + s] * blame[s];
          if (rows.needsGradient()) { // dm_s += a_s dcontext
            kernels.axpy(
                shares[at + s], out.gradient(), row * columns, rows.gradient(), from, columns);
          }
        }
        for (int s = 0; s < count; s++) { // dscore_s = a_s (da_s - Σ_r a_r da_r)
          float dscore = (float) (shares[at + s] * (blame[s] - mean));
          backward(row, source(b, s), dscore, direction);
        }
      }
    }
  }

  private float blame(Node out, int row, int from) {
    float sum = 0;
    for (int j = 0; j < columns; j++) {
      sum = Math.fma(out.gradient()[row * columns + j], memory.rows().value()[from + j], sum);
    }
    return sum;
  }

  private void backward(int query, int key, float dscore, Node direction) {
    Node keys = memory.keys();
    int q = query * width;
    int k = key * width;
    if (direction == null) {
      if (queries.needsGradient()) { // dq += dscore k
        kernels.axpy(dscore, keys.value(), k, queries.gradient(), q, width);
      }
      if (keys.needsGradient()) { // dk += dscore q
        kernels.axpy(dscore, queries.value(), q, keys.gradient(), k, width);
      }
      return;
    }
    units(query, key);
    kernels.axpy(dscore, units, 0, direction.gradient(), 0, width); // dv += dscore u
    for (int i = 0; i < width; i++) { // through u = tanh(q + k): du = dscore v (1 - u²)
      units[width + i] = dscore * direction.value()[i];
    }
    kernels.tanhBackward(units, 0, units, width, width);
    kernels.axpy(1, units, 0, queries.gradient(), q, width); // dq += du
    if (keys.needsGradient()) { // dk += du
      kernels.axpy(1, units, 0, keys.gradient(), k, width);
    }
  }
}
