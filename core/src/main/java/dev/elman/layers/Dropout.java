package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.List;

/**
 * Dropout: in training each number is zeroed with probability {@code rate}, and the others are
 * divided by {@code 1 - rate}; else nothing happens (Srivastava et al. 2014).
 *
 * @param width how many columns
 * @param rate the share that is dropped, from 0 to below 1
 * @param mask whether each token draws anew, or each sequence once
 */
public record Dropout(int width, double rate, Mask mask) implements Layer {
  /** How often the mask is drawn. */
  public enum Mask {
    /** Anew for every token, as PyTorch does between layers. */
    EACH_TOKEN,
    /** Once for a whole sequence: variational dropout (Gal and Ghahramani 2016). */
    EACH_SEQUENCE
  }

  /** Checks the rate. */
  public Dropout {
    requireShare(rate);
  }

  /** Requires a share to drop, from 0 to below 1. */
  static void requireShare(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout: expected the share to drop, from 0 to below 1, got "
              + rate
              + ". (It is the share dropped, not the share kept.)");
    }
  }

  @Override
  public int inputs() {
    return width;
  }

  @Override
  public int outputs() {
    return width;
  }

  @Override
  public List<Weight> weights() {
    return List.of();
  }

  @Override
  public int[] states() {
    return new int[0];
  }

  @Override
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    return rate == 0 ? x : diagram.box(Diagram.Box.of("dropout " + rate, this), x);
  }

  @Override
  public Stepper stepper(StreamState state) {
    return row -> row; // a stream is not trained on
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    Shape.requireColumns("Dropout input", width, x.columns(), "Was it made for another layer?");
    StateTensors.require("dropout", this, state);
    if (rate == 0 || tape.random().isEmpty()) {
      return new Output(x, Output.STATELESS);
    }
    float[] factors = tape.buffer(x.size()); // 0 or 1 / (1 - rate)
    draw(tape.random().get(), packing, factors);
    Node out = tape.node(x.rows(), x.columns(), x.needsGradient());
    multiply(x.size(), x.value(), factors, out.value());
    tape.record(out, () -> addProducts(x.size(), out.gradient(), factors, x.gradient()));
    return new Output(out, Output.STATELESS);
  }

  private void draw(RandomStream random, Packing packing, float[] factors) {
    int kept = Float.floatToRawIntBits((float) (1 / (1 - rate)));
    long dropped = (long) Math.ceil(rate * 0x1p24); // of so many numbers
    boolean each = mask == Mask.EACH_TOKEN;
    int all = each ? packing.whole().tokens() : packing.whole().sequences();
    int drawn = each ? packing.tokens() : packing.sequences();
    int before = each ? packing.rowsBefore() : 0;
    random.skip((long) before * width);
    for (int i = 0; i < drawn * width; i++) {
      // as nextFloat() < rate ? 0 : kept, without a branch that nothing could foretell
      long isDropped = ((random.nextLong() >>> 40) - dropped) >> 63;
      factors[i] = Float.intBitsToFloat(kept & (int) ~isDropped);
    }
    random.skip((long) (all - before - drawn) * width);
    for (int t = 1; t < packing.steps() && mask == Mask.EACH_SEQUENCE; t++) {
      System.arraycopy(factors, 0, factors, packing.start(t) * width, packing.running(t) * width);
    }
  }

  private static void multiply(int n, float[] a, float[] b, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] * b[i];
    }
  }

  private static void addProducts(int n, float[] a, float[] b, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] += a[i] * b[i];
    }
  }
}
