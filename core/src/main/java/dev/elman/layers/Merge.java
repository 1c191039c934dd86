package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import java.util.Arrays;

/**
 * How two nodes of equal rows become one, such as the two rows of a token that was read both ways.
 */
public enum Merge {
  /** {@code [a b]}: side by side, as in PyTorch. */
  CONCATENATE("side by side") {
    @Override
    public int outputs(int a, int b) {
      return a + b;
    }

    @Override
    public Node of(Tape tape, Node a, Node b) {
      return Slices.joinColumns(tape, a, b);
    }
  },

  /** {@code a + b}. */
  SUM("+") {
    @Override
    public Node of(Tape tape, Node a, Node b) {
      return scaledSum(tape, a, b, 1);
    }
  },

  /** {@code (a + b) / 2}. */
  AVERAGE("mean") {
    @Override
    public Node of(Tape tape, Node a, Node b) {
      return scaledSum(tape, a, b, 0.5f);
    }
  },

  /** {@code a · b}, element by element. */
  PRODUCT("·") {
    @Override
    public Node of(Tape tape, Node a, Node b) {
      int n = a.size();
      Node out = tape.node(a.rows(), outputs(a, b), a.needsGradient() || b.needsGradient());
      tape.kernels().multiply(a.value(), 0, b.value(), 0, out.value(), 0, n);
      tape.record(
          out,
          () -> {
            float[] part = tape.buffer(n);
            addProduct(tape.kernels(), out, b, part, a); // da += dout · b
            addProduct(tape.kernels(), out, a, part, b); // db += dout · a
          });
      return out;
    }
  };

  private final String sign;

  Merge(String sign) {
    this.sign = sign;
  }

  /** How diagrams write it. */
  public String sign() {
    return sign;
  }

  /**
   * Columns of what comes out, from those of what goes in.
   *
   * @throws IllegalArgumentException when they are to be equal and are not
   */
  public int outputs(int a, int b) {
    if (a != b) {
      throw new IllegalArgumentException(
          "Merge "
              + this
              + ": expected two layers of equal outputs, got "
              + a
              + " and "
              + b
              + ". Make them equally wide, or merge by CONCATENATE.");
    }
    return a;
  }

  /** The merged rows. */
  public abstract Node of(Tape tape, Node a, Node b);

  int outputs(Node a, Node b) {
    return outputs(a.columns(), b.columns());
  }

  private static Node scaledSum(Tape tape, Node a, Node b, float scale) {
    Kernels kernels = tape.kernels();
    int n = a.size();
    int columns = AVERAGE.outputs(a.columns(), b.columns());
    Node out = tape.node(a.rows(), columns, a.needsGradient() || b.needsGradient());
    float[] values = out.value();
    Arrays.fill(values, 0, n, 0);
    kernels.axpy(scale, a.value(), 0, values, 0, n);
    kernels.axpy(scale, b.value(), 0, values, 0, n);
    tape.record(
        out,
        () -> {
          if (a.needsGradient()) {
            kernels.axpy(scale, out.gradient(), 0, a.gradient(), 0, n);
          }
          if (b.needsGradient()) {
            kernels.axpy(scale, out.gradient(), 0, b.gradient(), 0, n);
          }
        });
    return out;
  }

  private static void addProduct(Kernels kernels, Node out, Node factor, float[] part, Node to) {
    if (to.needsGradient()) {
      kernels.multiply(out.gradient(), 0, factor.value(), 0, part, 0, out.size());
      kernels.axpy(1, part, 0, to.gradient(), 0, out.size());
    }
  }
}
