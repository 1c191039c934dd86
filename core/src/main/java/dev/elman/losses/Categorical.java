package dev.elman.losses;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;

/**
 * One of V symbols; parameters are logits {@code [V]}.
 *
 * <pre>{@code
 * log p(k) = x_k - log Σ_v exp(x_v)
 * }</pre>
 *
 * @param symbols V
 */
public record Categorical(int symbols) implements Distribution {
  /** Checks V. */
  public Categorical {
    Shape.positive("symbols", symbols);
  }

  @Override
  public int columns() {
    return 1;
  }

  @Override
  public int parameters() {
    return symbols;
  }

  @Override
  public double logProbability(Node x, Values targets, int row) {
    int at = row * x.columns();
    return x.value()[at + code(targets, row)] - Rows.logSum(x.value(), at, symbols);
  }

  /** {@code dx = softmax(x) - [k]}. */
  @Override
  public void addSlopes(Node x, Values targets, int row, float blame) {
    int at = row * x.columns();
    double logSum = Rows.logSum(x.value(), at, symbols);
    float[] dx = x.gradient();
    for (int v = 0; v < symbols; v++) {
      dx[at + v] += blame * (float) Math.exp(x.value()[at + v] - logSum);
    }
    dx[at + code(targets, row)] -= blame;
  }

  private int code(Values targets, int row) {
    float code =
        targets instanceof Values.Codes codes
            ? codes.array()[row]
            : Rows.numbers(targets).array()[row * Rows.numbers(targets).columns()];
    if (!(code >= 0 && code < symbols) || code != (int) code) {
      throw new IllegalArgumentException(
          "Categorical: expected codes from 0 to "
              + (symbols - 1)
              + ", got "
              + code
              + " in row "
              + row
              + ". Was the target encoded with another vocabulary?");
    }
    return (int) code;
  }

  /** The cross-entropy of codes {@code [N]}. */
  @Override
  public Node sum(Tape tape, Node logits, Values targets) {
    return CrossEntropy.PLAIN.sum(tape, logits, targets);
  }

  @Override
  public float[] draw(float[] logits, double temperature, RandomStream random) {
    Rows.require(this, logits);
    double[] p = probabilities(logits, Rows.temperature(temperature));
    double left = random.nextDouble();
    int last = Rows.largest(logits, 0, symbols);
    for (int v = 0; v < symbols && left >= 0; v++) {
      left -= p[v];
      last = p[v] > 0 ? v : last; // what rounding leaves over goes to the last possible symbol
    }
    return new float[] {last};
  }

  @Override
  public float[] mode(float[] logits) {
    Rows.require(this, logits);
    return new float[] {Rows.largest(logits, 0, symbols)};
  }

  /** The probability of each symbol. */
  @Override
  public double[] mean(float[] logits) {
    Rows.require(this, logits);
    return probabilities(logits, 1);
  }

  /** With {@code StrictMath}, so that what is drawn is the same everywhere. */
  private double[] probabilities(float[] logits, double temperature) {
    double most = logits[Rows.largest(logits, 0, symbols)];
    double[] p = new double[symbols];
    double sum = 0;
    for (int v = 0; v < symbols; v++) {
      p[v] = StrictMath.exp((logits[v] - most) / temperature);
      sum += p[v];
    }
    for (int v = 0; v < symbols; v++) {
      p[v] /= sum;
    }
    return p;
  }

  @Override
  public String toString() {
    return "categorical of " + symbols;
  }
}
