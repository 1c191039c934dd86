package dev.elman.testkit;

import java.util.function.DoubleUnaryOperator;

/**
 * Backpropagation through time for the simple recurrent network with a softmax at every step,
 * written as the equations of Goodfellow, Bengio and Courville 2016, section 10.2.2, in double
 * precision.
 *
 * <pre>{@code
 * a_t = b + W·h_t-1 + U·x_t                                   (10.8)
 * h_t = tanh(a_t)                                             (10.9)
 * o_t = c + V·h_t                                             (10.10)
 * ŷ_t = softmax(o_t)                                          (10.11)
 * L   = Σ_t L_t,  L_t = -log ŷ_t[y_t]                         (10.12 to 10.14)
 *
 * ∂L/∂L_t  = 1                                                (10.17)
 * (∇o_t)_i = ŷ_t,i - [i = y_t]                                (10.18)
 * ∇h_τ     = Vᵀ·∇o_τ                          the last step   (10.19)
 * ∇h_t     = Wᵀ·diag(1 - h_t+1²)·∇h_t+1 + Vᵀ·∇o_t             (10.20, 10.21)
 * ∇c = Σ_t ∇o_t                                               (10.22)
 * ∇b = Σ_t diag(1 - h_t²)·∇h_t                                (10.23)
 * ∇V = Σ_t ∇o_t·h_tᵀ                                          (10.24)
 * ∇W = Σ_t diag(1 - h_t²)·∇h_t·h_t-1ᵀ                         (10.25, 10.26)
 * ∇U = Σ_t diag(1 - h_t²)·∇h_t·x_tᵀ                           (10.27, 10.28)
 * }</pre>
 *
 * <p>Equation 10.21 is printed with the diagonal behind the gradient, {@code Wᵀ·∇h_t+1·diag(1 -
 * h_t+1²)}, where shapes do not fit; the chain rule puts it between the two, as above.
 *
 * @param U {@code [H, D]}
 * @param V {@code [outputs, H]}
 * @param W {@code [H, H]}
 * @param b {@code [H]}
 * @param c {@code [outputs]}
 */
@SuppressWarnings("PMD.FormalParameterNamingConventions") // the book's letters
public record BackpropagationThroughTime(
    double[][] U, double[][] V, double[][] W, double[] b, double[] c) {
  /**
   * The gradients of {@link #U} to {@link #c}.
   *
   * @param loss L
   */
  public record Gradients(
      double loss, double[][] U, double[][] V, double[][] W, double[] b, double[] c) {}

  /** The loss of a sequence and its gradients; blame passes from step to step as it is. */
  public Gradients run(double[][] x, int[] y, double[] first) {
    return run(x, y, first, blame -> blame);
  }

  /**
   * The same, where what a step passes back to the state before it is changed, number by number.
   *
   * @param x {@code [T, D]}
   * @param y the class of each of the last steps; steps before these have no loss
   * @param first the state {@code [H]} before the first step, to which no blame goes
   * @param passed from the blame that a step passes back to the blame that arrives
   */
  public Gradients run(double[][] x, int[] y, double[] first, DoubleUnaryOperator passed) {
    int steps = x.length;
    double[][] h = new double[steps + 1][]; // h[t] before step t
    double[][] o = new double[steps][]; // ∇o_t
    h[0] = first;
    double loss = 0;
    for (int t = 0; t < steps; t++) {
      h[t + 1] = new double[b.length];
      for (int i = 0; i < b.length; i++) {
        h[t + 1][i] = Math.tanh(b[i] + dot(W[i], h[t]) + dot(U[i], x[t]));
      }
      o[t] = new double[c.length];
      int target = t - (steps - y.length);
      if (target >= 0) {
        double[] predicted = softmax(h[t + 1]);
        loss -= Math.log(predicted[y[target]]);
        for (int i = 0; i < c.length; i++) {
          o[t][i] = predicted[i] - (i == y[target] ? 1 : 0); // (10.18)
        }
      }
    }
    Gradients sum = zeros(loss, x[0].length);
    double[] later = new double[b.length]; // Wᵀ·diag(1 - h_t+1²)·∇h_t+1; none at the last step
    for (int t = steps - 1; t >= 0; t--) {
      double[] a = new double[b.length]; // diag(1 - h_t²)·∇h_t
      for (int i = 0; i < b.length; i++) {
        double blame = later[i] + column(V, i, o[t]); // ∇h_t: (10.19) and (10.21)
        a[i] = (1 - h[t + 1][i] * h[t + 1][i]) * blame;
      }
      add(o[t], sum.c); // (10.22)
      add(a, sum.b); // (10.23)
      addOuter(o[t], h[t + 1], sum.V); // (10.24)
      addOuter(a, h[t], sum.W); // (10.26)
      addOuter(a, x[t], sum.U); // (10.28)
      for (int i = 0; i < b.length; i++) {
        later[i] = passed.applyAsDouble(column(W, i, a));
      }
    }
    return sum;
  }

  private double[] softmax(double[] h) {
    double[] y = new double[c.length];
    double all = 0;
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.exp(c[i] + dot(V[i], h));
      all += y[i];
    }
    for (int i = 0; i < y.length; i++) {
      y[i] /= all;
    }
    return y;
  }

  private Gradients zeros(double loss, int inputs) {
    return new Gradients(
        loss,
        new double[b.length][inputs],
        new double[c.length][b.length],
        new double[b.length][b.length],
        new double[b.length],
        new double[c.length]);
  }

  private static double dot(double[] row, double[] x) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += row[k] * x[k];
    }
    return sum;
  }

  /** One number of {@code matrixᵀ·x}. */
  private static double column(double[][] matrix, int j, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += matrix[i][j] * x[i];
    }
    return sum;
  }

  private static void add(double[] x, double[] to) {
    for (int i = 0; i < x.length; i++) {
      to[i] += x[i];
    }
  }

  private static void addOuter(double[] a, double[] b, double[][] to) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        to[i][j] += a[i] * b[j];
      }
    }
  }
}
