package dev.elman.layers;

import dev.elman.autodiff.Gradient;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.PackedWeight;
import dev.elman.kernels.Part;
import dev.elman.kernels.Scratch;
import dev.elman.kernels.Threads;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;

/** A dense layer {@code y = x·Wᵀ + b}: {@code [N, D]} to {@code [N, outputs]}. */
public final class Dense implements Layer {
  private final Weight weight; // [outputs, D]
  private final Weight bias; // [outputs]
  private final PackedWeight packed;

  /** The layer with the given weights, of which one may be shared with an {@link Embedding}. */
  public Dense(Weight weight, Weight bias) {
    Shape.requireColumns("Bias", weight.rows(), bias.columns(), "One bias for each output.");
    this.weight = weight;
    this.bias = bias;
    this.packed = new PackedWeight(weight);
  }

  /** A new layer whose weights are named {@code prefix + "weight"} and {@code prefix + "bias"}. */
  public static Dense of(String prefix, int inputs, int outputs, Initialisation start, long seed) {
    Weight weight = new Weight(prefix + "weight", outputs, inputs);
    Weight bias = new Weight(prefix + "bias", outputs);
    start.dense(weight, bias, seed);
    return new Dense(weight, bias);
  }

  @Override
  public int inputs() {
    return weight.columns();
  }

  @Override
  public int outputs() {
    return weight.rows();
  }

  @Override
  public List<Weight> weights() {
    return List.of(weight, bias);
  }

  @Override
  public int[] states() {
    return new int[0];
  }

  @Override
  public Output forward(Tape tape, Packing packing, Node x, Node[] state) {
    StateTensors.require("dense layer", this, state);
    Node y = forward(tape, x);
    if (x.hasEnds()) {
      y.ends(() -> forward(tape, x.ends()));
    }
    return new Output(y, Output.STATELESS);
  }

  @Override
  public Stepper stepper(StreamState state) {
    float[] y = new float[outputs()];
    Kernels kernels = Kernels.get();
    int in = inputs();
    return row -> {
      packed.productPlusRow(kernels, Part.WHOLE, 1, row, 0, in, bias.values(), y, 0, y.length);
      return y;
    };
  }

  /** The same for rows of any kind, such as one for each sequence. */
  public Node forward(Tape tape, Node x) {
    Shape.requireColumns("Dense input", inputs(), x.columns(), "Was it made for another layer?");
    Kernels kernels = tape.kernels();
    int n = x.rows();
    int in = inputs();
    int out = outputs();
    Node y = tape.node(n, out, true);
    Threads threads = tape.threads();
    int members = threads.worthwhile((long) n * weight.size());
    threads.together(
        members,
        part ->
            packed.productPlusRow(
                kernels, part, n, x.value(), 0, in, bias.values(), y.value(), 0, out));
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          Gradient dw = tape.wholeGradient(weight);
          float[] db = tape.gradient(bias);
          float[] dx = x.needsGradient() ? x.gradient() : null;
          Scratch[] scratch = new Scratch[members];
          Arrays.setAll(scratch, tape::scratch);
          threads.together(
              members,
              part -> {
                int from = part.from(out);
                int rows = part.to(out) - from;
                Scratch own = scratch[part.index()];
                kernels.addTransposedProduct( // dW += dyᵀ·x
                    n,
                    dy,
                    from,
                    out,
                    rows,
                    x.value(),
                    0,
                    in,
                    in,
                    dw.numbers(),
                    from * in,
                    in,
                    dw.isStale(),
                    own);
                kernels.addColumnSums(n, rows, dy, from, out, db, from); // db += Σ dy
                if (dx != null) { // dx += dy·W
                  packed.addStraightProduct(kernels, part, n, dy, 0, out, dx, 0, in);
                }
              });
        });
    return y;
  }
}
