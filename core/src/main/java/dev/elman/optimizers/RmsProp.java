package dev.elman.optimizers;

import java.util.List;

/**
 * RMSProp: {@code s = α·s + (1 - α)·g²; w -= η·g / (√s + ε)} (Tieleman and Hinton 2012), as
 * PyTorch's {@code RMSprop}, neither centred nor with momentum.
 *
 * @param alpha how slowly the mean square forgets
 * @param epsilon against division by zero
 * @param weightDecay added to the gradient, times the weight
 */
public record RmsProp(float alpha, float epsilon, float weightDecay) implements Optimizer {
  /** Checks the numbers. */
  public RmsProp {
    Setting.share("alpha", alpha);
    Setting.notNegative("epsilon", epsilon);
    Setting.notNegative("weight decay", weightDecay);
  }

  /** PyTorch's: α 0.99, ε 1e-8, no decay. */
  public static final RmsProp DEFAULTS = new RmsProp(0.99f, 1e-8f, 0);

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public List<String> slots() {
    return List.of("square_avg");
  }

  @Override
  public void change(
      long step, double rate, float[] w, float[] g, float[][] slots, int from, int to) {
    float eta = (float) rate;
    float keep = alpha;
    float small = epsilon;
    float decay = weightDecay;
    float[] s = slots[0];
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      s[i] = keep * s[i] + (1 - keep) * gradient * gradient;
      w[i] -= eta * gradient / ((float) Math.sqrt(s[i]) + small);
    }
  }
}
