package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;

/**
 * Cross-entropy of the softmax of logits {@code [N, V]} with a class for each row, in nats.
 *
 * <pre>{@code
 * loss = Σ_n  log Σ_v exp(x_nv) - (1 - ε)·x_n,target - ε/V·Σ_v x_nv
 * }</pre>
 *
 * <p>With label smoothing ε (Szegedy et al. 2016) as in PyTorch's {@code cross_entropy}.
 *
 * @param smoothing ε, from 0 (none) to below 1
 */
public record CrossEntropy(double smoothing) implements Loss {
  /** Without label smoothing. */
  public static final CrossEntropy PLAIN = new CrossEntropy(0);

  /** Multiplications that take about as long as one exponential. */
  private static final int EXP = 16;

  /** Checks ε. */
  public CrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing: expected from 0 to below 1, got " + smoothing + ".");
    }
  }

  @Override
  public Node sum(Tape tape, Node logits, Values targets) {
    int n = logits.rows();
    int v = logits.columns();
    int[] classes = classes(logits, targets);
    Node probabilities = tape.constant(n, v);
    float[] logSums = tape.buffer(n);
    softmax(tape, logits, probabilities.value(), logSums);
    Node loss = tape.node(1, 1, logits.needsGradient());
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += logSums[i] - (1 - smoothing) * logits.value()[i * v + classes[i]];
      if (smoothing > 0) {
        sum -= smoothing / v * rowSum(logits.value(), i * v, v);
      }
    }
    loss.value()[0] = (float) sum;
    tape.record(loss, () -> backward(tape, loss.gradient()[0], logits, classes, probabilities));
    return loss;
  }

  /** Each of the tape's threads takes some of the rows. */
  private static void softmax(Tape tape, Node logits, float[] probabilities, float[] logSums) {
    int n = logits.rows();
    int v = logits.columns();
    Threads threads = tape.threads();
    threads.together(
        threads.worthwhile((long) EXP * n * v),
        part -> {
          int from = part.from(n);
          int rows = part.to(n) - from;
          int at = from * v;
          tape.kernels().softmax(rows, v, logits.value(), at, probabilities, at, logSums, from);
        });
  }

  /** dx = softmax(x) - (1 - ε)·[target] - ε/V. */
  private void backward(Tape tape, float blame, Node logits, int[] classes, Node probabilities) {
    int v = logits.columns();
    if (blame == 1 && !logits.hasGradient()) { // as ever where a loss is the last node
      logits.takeGradient(probabilities);
    } else {
      float[] rows = probabilities.value();
      tape.kernels().axpy(blame, rows, 0, logits.gradient(), 0, logits.size());
    }
    float[] gradient = logits.gradient();
    for (int i = 0; i < logits.rows(); i++) {
      gradient[i * v + classes[i]] -= (float) (1 - smoothing) * blame;
    }
    if (smoothing > 0) {
      float share = (float) (smoothing / v) * blame;
      for (int i = 0; i < logits.size(); i++) {
        gradient[i] -= share;
      }
    }
  }

  private static double rowSum(float[] x, int at, int n) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += x[at + j];
    }
    return sum;
  }

  private static int[] classes(Node logits, Values targets) {
    if (!(targets instanceof Values.Codes codes) || codes.rows() != logits.rows()) {
      throw new IllegalArgumentException(
          "Cross-entropy: expected one class for each of "
              + logits.rows()
              + " rows, got "
              + targets.rows()
              + (targets instanceof Values.Codes ? " classes." : " rows of numbers."));
    }
    for (int i = 0; i < codes.rows(); i++) {
      int code = codes.array()[i];
      if (code < 0 || code >= logits.columns()) {
        throw new IllegalArgumentException(
            "Cross-entropy: expected classes from 0 to "
                + (logits.columns() - 1)
                + ", got "
                + code
                + " in row "
                + i
                + ". Was the target encoded with another vocabulary?");
      }
    }
    return codes.array();
  }

  @Override
  public int terms(Node predictions, Values targets) {
    return predictions.rows();
  }

  @Override
  public String toString() {
    return smoothing == 0 ? "cross-entropy" : "cross-entropy, label smoothing " + smoothing;
  }
}
