package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.tensor.Weight;
import java.util.Arrays;

/**
 * One run of attention pooling over one batch, forwards and backwards.
 *
 * <pre>{@code
 * e_t = v·h_t                     score of a row
 * α_t = exp(e_t) / Σ_k exp(e_k)   over the rows of its sequence
 * y = Σ α_t·h_t
 * }</pre>
 */
final class AttentionPooling {
  private final Tape tape;
  private final Kernels kernels;
  private final Packing packing;
  private final Node rows; // [N, H]
  private final Weight weight; // v [H]
  private final int columns; // H
  private final Node shares; // α [N, 1]
  private final Node out; // [B, H]

  AttentionPooling(Tape tape, Packing packing, Node rows, Weight weight) {
    this.tape = tape;
    this.kernels = tape.kernels();
    this.packing = packing;
    this.rows = rows;
    this.weight = weight;
    this.columns = rows.columns();
    shares = tape.constant(rows.rows(), 1).named("attention");
    out = tape.node(packing.sequences(), columns, true);
    tape.record(out, this::backward);
  }

  Node forward() {
    float[] v = weight.values();
    float[] scores = tape.buffer(packing.steps());
    Arrays.fill(out.value(), 0, out.size(), 0);
    for (int b = 0; b < packing.sequences(); b++) {
      int length = packing.length(b);
      for (int t = 0; t < length; t++) {
        scores[t] = dot(v, 0, rows.value(), packing.row(t, b) * columns);
      }
      kernels.softmax(1, length, scores, 0, scores, 0);
      for (int t = 0; t < length; t++) {
        int row = packing.row(t, b);
        shares.value()[row] = scores[t];
        kernels.axpy(scores[t], rows.value(), row * columns, out.value(), b * columns, columns);
      }
    }
    return out;
  }

  private void backward() {
    float[] dv = tape.gradient(weight);
    float[] dy = out.gradient();
    for (int b = 0; b < packing.sequences(); b++) {
      float mean = dot(dy, b * columns, out.value(), b * columns); // Σ α_k·(dy·h_k)
      for (int t = 0; t < packing.length(b); t++) {
        int at = packing.row(t, b) * columns;
        float share = shares.value()[packing.row(t, b)];
        // de_t = α_t·(dy·h_t - Σ α_k·(dy·h_k))
        float blame = share * (dot(dy, b * columns, rows.value(), at) - mean);
        kernels.axpy(blame, rows.value(), at, dv, 0, columns); // dv += de_t·h_t
        if (rows.needsGradient()) { // dh_t += α_t·dy + de_t·v
          kernels.axpy(share, dy, b * columns, rows.gradient(), at, columns);
          kernels.axpy(blame, weight.values(), 0, rows.gradient(), at, columns);
        }
      }
    }
  }

  private float dot(float[] a, int aAt, float[] b, int bAt) {
    float sum = 0;
    for (int j = 0; j < columns; j++) {
      sum = Math.fma(a[aAt + j], b[bAt + j], sum);
    }
    return sum;
  }
}
