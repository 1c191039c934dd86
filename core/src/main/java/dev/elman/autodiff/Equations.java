package dev.elman.autodiff;

import dev.elman.kernels.Kernels;
import dev.elman.kernels.PackedWeight;
import dev.elman.kernels.Panels;
import dev.elman.kernels.Part;
import dev.elman.kernels.Scratch;
import dev.elman.tensor.Shape;
import java.util.Arrays;

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
    Node read = w.read(x);
    Shape.requireColumns(
        "Product", w.columns(), read.columns(), "x·Wᵀ needs x and W equally wide.");
    return w.packed() == null ? productOfNodes(read, w) : productWithWeight(read, w);
  }

  /** A weight is packed once for all steps. */
  private Node productWithWeight(Node x, Node w) {
    PackedWeight packed = w.packed();
    int n = x.rows();
    int d = x.columns();
    int h = w.rows();
    Node out = tape.node(n, h, x.needsGradient() || w.needsGradient());
    Arrays.fill(out.value(), 0, out.size(), 0);
    packed.addProduct(tape.kernels(), Part.WHOLE, n, x.value(), 0, d, out.value(), 0, h);
    tape.record(
        out,
        () -> {
          if (x.needsGradient()) { // dx += dout·W
            float[] dx = x.gradient();
            packed.addStraightProduct(
                tape.kernels(), Part.WHOLE, n, out.gradient(), 0, h, dx, 0, d);
          }
          addOuter(out, x, w);
        });
    return out;
  }

  private Node productOfNodes(Node x, Node w) {
    Kernels kernels = tape.kernels();
    Panels panels = tape.panels();
    int n = x.rows();
    int d = x.columns();
    int h = w.rows();
    Node out = tape.node(n, h, x.needsGradient() || w.needsGradient());
    kernels.packTransposed(w.value(), 0, d, h, d, panels);
    kernels.product(n, x.value(), 0, d, panels, out.value(), 0, h);
    tape.record(
        out,
        () -> {
          if (x.needsGradient()) { // dx += dout·W
            kernels.pack(w.value(), 0, d, h, d, panels);
            kernels.addProduct(n, out.gradient(), 0, h, panels, x.gradient(), 0, d);
          }
          addOuter(out, x, w);
        });
    return out;
  }

  /** {@code dW += doutᵀ·x}. */
  private void addOuter(Node out, Node x, Node w) {
    if (w.needsGradient()) {
      int d = x.columns();
      int h = out.columns();
      Scratch scratch = tape.scratch(0);
      Gradient dw = w.wholeGradient();
      tape.kernels()
          .addTransposedProduct(
              x.rows(),
              out.gradient(),
              0,
              h,
              h,
              x.value(),
              0,
              d,
              d,
              dw.numbers(),
              0,
              d,
              dw.isStale(),
              scratch);
    }
  }

  /** {@code a + b}, element by element; b may be one row, added to every row of a. */
  public Node add(Node a, Node b) {
    Node out = tape.node(a.rows(), a.columns(), a.needsGradient() || b.needsGradient());
    int period = period("Sum", a, b);
    int n = out.size();
    System.arraycopy(a.value(), 0, out.value(), 0, n);
    for (int at = 0; at < n; at += period) {
      tape.kernels().axpy(1, b.value(), 0, out.value(), at, period);
    }
    tape.record(
        out,
        () -> {
          if (a.needsGradient()) {
            tape.kernels().axpy(1, out.gradient(), 0, a.gradient(), 0, n);
          }
          for (int at = 0; at < n && b.needsGradient(); at += period) {
            tape.kernels().axpy(1, out.gradient(), at, b.gradient(), 0, period);
          }
        });
    return out;
  }

  /** {@code a · b}, element by element; b may be one row, used for every row of a. */
  public Node multiply(Node a, Node b) {
    Node out = tape.node(a.rows(), a.columns(), a.needsGradient() || b.needsGradient());
    int period = period("Element-wise product", a, b);
    int n = out.size();
    for (int at = 0; at < n; at += period) {
      tape.kernels().multiply(a.value(), at, b.value(), 0, out.value(), at, period);
    }
    tape.record(
        out,
        () -> {
          for (int at = 0; at < n && a.needsGradient(); at += period) { // da += dout · b
            addProducts(period, out.gradient(), at, b.value(), 0, a.gradient(), at);
          }
          for (int at = 0; at < n && b.needsGradient(); at += period) { // db += dout · a
            addProducts(period, out.gradient(), at, a.value(), at, b.gradient(), 0);
          }
        });
    return out;
  }

  private static void addProducts(
      int n, float[] x, int xAt, float[] y, int yAt, float[] z, int zAt) {
    for (int i = 0; i < n; i++) {
      z[zAt + i] += x[xAt + i] * y[yAt + i];
    }
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
    Node y = tape.node(x.rows(), x.columns(), x.needsGradient());
    tape.kernels().sigmoid(x.value(), 0, y.value(), 0, y.size());
    tape.record(y, () -> throughSigmoid(y.size(), y.gradient(), y.value(), x.gradient()));
    return y;
  }

  private static void throughSigmoid(int n, float[] dy, float[] y, float[] dx) {
    for (int i = 0; i < n; i++) {
      dx[i] += dy[i] * (y[i] * (1 - y[i]));
    }
  }

  public Node tanh(Node x) {
    Node y = tape.node(x.rows(), x.columns(), x.needsGradient());
    tape.kernels().tanh(x.value(), 0, y.value(), 0, y.size());
    tape.record(y, () -> throughTanh(y.size(), y.gradient(), y.value(), x.gradient()));
    return y;
  }

  private static void throughTanh(int n, float[] dy, float[] y, float[] dx) {
    for (int i = 0; i < n; i++) {
      dx[i] += dy[i] * (1 - y[i] * y[i]);
    }
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

  /** x itself; the blame that passes back to it is cut to ±limit, number by number. */
  public Node limitBlame(Node x, float limit) {
    Node out = tape.node(x.rows(), x.columns(), x.needsGradient());
    System.arraycopy(x.value(), 0, out.value(), 0, out.size());
    tape.record(
        out,
        () -> {
          for (int i = 0; i < out.size(); i++) {
            x.gradient()[i] += Math.max(-limit, Math.min(limit, out.gradient()[i]));
          }
        });
    return out;
  }

  /**
   * {@code (x - mean) / √(variance + 1e-5)} over each row: layer normalisation without gain and
   * bias (Ba, Kiros and Hinton 2016).
   */
  public Node normalise(Node x) {
    int h = x.columns();
    Node y = tape.node(x.rows(), h, x.needsGradient());
    float[] deviations = tape.buffer(x.rows());
    for (int i = 0; i < x.rows(); i++) {
      deviations[i] = normaliseRow(h, x.value(), y.value(), i * h);
    }
    tape.record(
        y,
        () -> {
          for (int i = 0; i < x.rows(); i++) {
            throughNormalised(h, deviations[i], y.gradient(), y.value(), x.gradient(), i * h);
          }
        });
    return y;
  }

  private static float normaliseRow(int h, float[] x, float[] y, int at) {
    double mean = 0;
    for (int j = at; j < at + h; j++) {
      mean += x[j];
    }
    mean /= h;
    double variance = 0;
    for (int j = at; j < at + h; j++) {
      variance += (x[j] - mean) * (x[j] - mean);
    }
    double deviation = Math.sqrt(variance / h + 1e-5);
    for (int j = at; j < at + h; j++) {
      y[j] = (float) ((x[j] - mean) / deviation);
    }
    return (float) deviation;
  }

  private static void throughNormalised(
      int h, float deviation, float[] dy, float[] y, float[] dx, int at) {
    double mean = 0;
    double along = 0;
    for (int j = at; j < at + h; j++) {
      mean += dy[j];
      along += dy[j] * y[j];
    }
    mean /= h;
    along /= h;
    for (int j = at; j < at + h; j++) { // dx += (dy - mean(dy) - y · mean(dy · y)) / deviation
      dx[j] += (float) ((dy[j] - mean - y[j] * along) / deviation);
    }
  }

  /** The sum of all elements, {@code [1, 1]}. */
  public Node sum(Node x) {
    Node out = tape.node(1, 1, x.needsGradient());
    out.value()[0] = (float) tape.kernels().sum(x.value(), 0, x.size());
    tape.record(out, () -> add(out.gradient()[0], x.gradient(), x.size()));
    return out;
  }

  private static void add(float blame, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += blame;
    }
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
