package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.List;

/** A row of numbers for each of V symbols: codes {@code [N]} to {@code [N, D]}. */
public final class Embedding {
  private final Weight weight; // [V, D]

  /** The embedding with the given rows. */
  public Embedding(Weight weight) {
    this.weight = weight;
  }

  /** A new one whose weight is named {@code prefix + "weight"}, normal with variance 1. */
  public static Embedding of(String prefix, int symbols, int columns, long seed) {
    Weight weight = new Weight(prefix + "weight", symbols, columns);
    RandomStream random = RandomStream.of(seed, "weights " + weight.name());
    weight.update(
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
          }
        });
    return new Embedding(weight);
  }

  public int outputs() {
    return weight.columns();
  }

  /** The rows, {@code [V, D]}, which a {@link Dense} layer may share. */
  public Weight weight() {
    return weight;
  }

  public List<Weight> weights() {
    return List.of(weight);
  }

  /** Says what it is made of, as {@link Layer#describe}. */
  public Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    return diagram.box(Diagram.Box.of("embedding", weight.rows(), outputs(), weights()), x);
  }

  /**
   * Looks the codes up.
   *
   * @throws IllegalArgumentException when a code is not from 0 to V - 1
   */
  public Node forward(Tape tape, Values.Codes codes) {
    int n = codes.rows();
    int d = outputs();
    Node out = tape.node(n, d, true);
    for (int i = 0; i < n; i++) {
      look(codes.array()[i], out.value(), i * d);
    }
    tape.record(
        out,
        () -> {
          float[] gradient = tape.gradient(weight, codes.array(), n);
          for (int i = 0; i < n; i++) { // dW[code] += dout
            tape.kernels().axpy(1, out.gradient(), i * d, gradient, codes.array()[i] * d, d);
          }
        });
    return out;
  }

  /**
   * Looks one code up.
   *
   * @param to where its row {@code [D]} is written, from {@code at}
   * @throws IllegalArgumentException when it is not from 0 to V - 1
   */
  public void look(int code, float[] to, int at) {
    if (code < 0 || code >= weight.rows()) {
      throw new IllegalArgumentException(
          "Embedding: expected codes from 0 to "
              + (weight.rows() - 1)
              + ", got "
              + code
              + ". Was the text encoded with another vocabulary?");
    }
    int d = outputs();
    System.arraycopy(weight.values(), code * d, to, at, d);
  }
}
