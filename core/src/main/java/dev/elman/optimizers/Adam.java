package dev.elman.optimizers;

import java.util.List;

/**
 * Adam: steps along the running mean of gradients, divided by the root of their running mean square
 * (Kingma and Ba 2015), as PyTorch's {@code Adam} and {@code AdamW}.
 *
 * <pre>{@code
 * m = β1·m + (1 - β1)·g
 * v = β2·v + (1 - β2)·g²
 * w -= η·(m / (1 - β1^t)) / (√(v / (1 - β2^t)) + ε)
 * }</pre>
 *
 * @param beta1 how slowly the mean forgets
 * @param beta2 how slowly the mean square forgets
 * @param epsilon against division by zero
 * @param weightDecay λ
 * @param decay where the decay is applied
 */
public record Adam(float beta1, float beta2, float epsilon, float weightDecay, Decay decay)
    implements Optimizer {
  /** Checks the numbers. */
  public Adam {
    Setting.share("beta1", beta1);
    Setting.share("beta2", beta2);
    Setting.notNegative("epsilon", epsilon);
    Setting.notNegative("weight decay", weightDecay);
  }

  /** The paper's: β1 0.9, β2 0.999, ε 1e-8, no decay. */
  public static final Adam DEFAULTS = new Adam(0.9f, 0.999f, 1e-8f, 0, Decay.IN_GRADIENT);

  /** AdamW with PyTorch's decay of 0.01. */
  public static final Adam W = new Adam(0.9f, 0.999f, 1e-8f, 0.01f, Decay.APART);

  /** Where weights decay. */
  public enum Decay {
    /** {@code g += λ·w}: Adam. */
    IN_GRADIENT,
    /** {@code w -= η·λ·w}: AdamW (Loshchilov and Hutter 2019). */
    APART
  }

  @Override
  public String name() {
    return decay == Decay.APART ? "adamw" : "adam";
  }

  @Override
  public List<String> slots() {
    return List.of("exp_avg", "exp_avg_sq");
  }

  @Override
  public void change(
      long step, double rate, float[] w, float[] g, float[][] slots, int from, int to) {
    float[] m = slots[0];
    float[] v = slots[1];
    float b1 = beta1;
    float b2 = beta2;
    float small = epsilon;
    float inGradient = decay == Decay.IN_GRADIENT ? weightDecay : 0;
    float kept = decay == Decay.APART ? (float) (1 - rate * weightDecay) : 1;
    float eta = (float) (rate / (1 - StrictMath.pow(beta1, step)));
    float root = (float) StrictMath.sqrt(1 - StrictMath.pow(beta2, step));
    for (int i = from; i < to; i++) {
      float gradient = g[i] + inGradient * w[i];
      m[i] = b1 * m[i] + (1 - b1) * gradient;
      v[i] = b2 * v[i] + (1 - b2) * gradient * gradient;
      w[i] = kept * w[i] - eta * m[i] / ((float) Math.sqrt(v[i]) / root + small);
    }
  }
}
