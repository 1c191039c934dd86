package dev.elman.autodiff;

import dev.elman.kernels.Kernels;
import dev.elman.tensor.Shape;

/**
 * The operations that equations are written in: each computes a new node and records its blame.
 *
 * <p>Forward and backward stand side by side; the derivative is the comment. These are for clarity:
 * what must be fast is one coarse operation on the tape instead.
 */
public final class Equations {
  private final Tape tape;

  public Equations(Tape tape) {
    this.tape = tape;
  }

  /** {@code x·Wᵀ}: x {@code [B, D]}, W {@code [H, D]} (PyTorch's layout), out {@code [B, H]}. */
  public Node product(Node x, Node w) {
    Shape.requireColumns("Product", w.columns(), x.columns(), "x·Wᵀ needs x and W equally wide.");
    int n = x.rows();
    int d = x.columns();
    int h = w.rows();
    Node out = tape.node(n, h, x.needsGradient() || w.needsGradient());
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < h; j++) {
        float sum = 0;
        for (int k = 0; k < d; k++) {
          sum = Math.fma(x.value()[i * d + k], w.value()[j * d + k], sum);
        }
        out.value()[i * h + j] = sum;
      }
    }
    tape.record(
        out,
        () -> {
          if (x.needsGradient()) { // dx += dout·W
            multiplyInto(n, h, d, out.gradient(), w.value(), x.gradient());
          }
          if (w.needsGradient()) { // dW += doutᵀ·x
            tape.kernels()
                .addTransposedProduct(
                    n,
                    out.gradient(),
                    0,
                    h,
                    h,
                    x.value(),
                    0,
                    d,
                    d,
                    w.gradient(),
                    0,
                    d,
                    tape.scratch(0));
          }
        });
    return out;
  }

  private void multiplyInto(int n, int h, int d, float[] a, float[] w, float[] c) {
    Kernels kernels = tape.kernels();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < h; j++) {
        kernels.axpy(a[i * h + j], w, j * d, c, i * d, d);
      }
    }
  }

  /** {@code a + b}, element by element; b may be one row, added to every row of a. */
  public Node add(Node a, Node b) {
    Node out = tape.node(a.rows(), a.columns(), a.needsGradient() || b.needsGradient());
    int period = period("Sum", a, b);
    for (int i = 0; i < out.size(); i++) {
      out.value()[i] = a.value()[i] + b.value()[i % period];
    }
    tape.record(
        out,
        () -> {
          for (int i = 0; i < out.size(); i++) {
            if (a.needsGradient()) {
              a.gradient()[i] += out.gradient()[i];
            }
            if (b.needsGradient()) {
              b.gradient()[i % period] += out.gradient()[i];
            }
          }
        });
    return out;
  }

  /** {@code a · b}, element by element; b may be one row, used for every row of a. */
  public Node multiply(Node a, Node b) {
    Node out = tape.node(a.rows(), a.columns(), a.needsGradient() || b.needsGradient());
    int period = period("Element-wise product", a, b);
    for (int i = 0; i < out.size(); i++) {
      out.value()[i] = a.value()[i] * b.value()[i % period];
    }
    tape.record(
        out,
        () -> {
          for (int i = 0; i < out.size(); i++) {
            if (a.needsGradient()) { // da += dout · b
              a.gradient()[i] += out.gradient()[i] * b.value()[i % period];
            }
            if (b.needsGradient()) { // db += dout · a
              b.gradient()[i % period] += out.gradient()[i] * a.value()[i];
            }
          }
        });
    return out;
  }

  /** {@code scale · x + shift}; {@code 1 - x} is {@code linear(-1, x, 1)}. */
  public Node linear(float scale, Node x, float shift) {
    return elementWise(x, v -> scale * v + shift, (v, y) -> scale);
  }

  /** {@code 1 - x}, as gates need it. */
  public Node oneMinus(Node x) {
    return linear(-1, x, 1);
  }

  /** {@code σ(x) = 1 / (1 + exp(-x))}. */
  public Node sigmoid(Node x) {
    return elementWise(x, v -> (float) (1 / (1 + Math.exp(-v))), (v, y) -> y * (1 - y));
  }

  public Node tanh(Node x) {
    return elementWise(x, v -> (float) Math.tanh(v), (v, y) -> 1 - y * y);
  }

  /** {@code max(x, 0)}. */
  public Node relu(Node x) {
    return elementWise(x, v -> v > 0 ? v : v == v ? 0 : v, (v, y) -> v > 0 ? 1 : 0);
  }

  /**
   * Any function of one number.
   *
   * @param derivative from the argument and the result
   */
  public Node elementWise(Node x, Function f, Derivative derivative) {
    Node out = tape.node(x.rows(), x.columns(), x.needsGradient());
    for (int i = 0; i < out.size(); i++) {
      out.value()[i] = f.of(x.value()[i]);
    }
    tape.record(
        out,
        () -> {
          for (int i = 0; i < out.size(); i++) {
            x.gradient()[i] += out.gradient()[i] * derivative.of(x.value()[i], out.value()[i]);
          }
        });
    return out;
  }

  /** The sum of all elements, {@code [1, 1]}. */
  public Node sum(Node x) {
    Node out = tape.node(1, 1, x.needsGradient());
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += x.value()[i];
    }
    out.value()[0] = (float) sum;
    tape.record(
        out,
        () -> {
          for (int i = 0; i < x.size(); i++) {
            x.gradient()[i] += out.gradient()[0];
          }
        });
    return out;
  }

  private static int period(String what, Node a, Node b) {
    int[] wanted = {b.rows() == 1 ? 1 : a.rows(), a.columns()};
    Shape.require(
        what,
        wanted,
        new int[] {b.rows(), b.columns()},
        "The second must have the first's shape, or be one row of its width.");
    return b.size();
  }

  /** A function of one number. */
  @FunctionalInterface
  public interface Function {
    float of(float x);
  }

  /** Its derivative at x, where the function's value is y. */
  @FunctionalInterface
  public interface Derivative {
    float of(float x, float y);
  }
}
