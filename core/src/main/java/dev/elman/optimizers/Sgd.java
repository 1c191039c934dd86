package dev.elman.optimizers;

import java.util.List;

/**
 * Stochastic gradient descent: {@code v = μ·v + g; w -= η·v}; Nesterov's: {@code w -= η·(g + μ·v)}.
 *
 * <p>As PyTorch's {@code SGD} without dampening (Sutskever et al. 2013).
 *
 * @param momentum which rule
 * @param factor μ, unused without momentum
 * @param weightDecay added to the gradient, times the weight
 */
public record Sgd(Momentum momentum, float factor, float weightDecay) implements Optimizer {
  /** Checks the numbers. */
  public Sgd {
    Setting.share("momentum", factor);
    Setting.notNegative("weight decay", weightDecay);
  }

  /** Plain gradient descent. */
  public static final Sgd PLAIN = new Sgd(Momentum.NONE, 0, 0);

  /** With momentum 0.9. */
  public static final Sgd MOMENTUM = new Sgd(Momentum.CLASSICAL, 0.9f, 0);

  /** With Nesterov's momentum 0.9. */
  public static final Sgd NESTEROV = new Sgd(Momentum.NESTEROV, 0.9f, 0);

  /** How the last steps push on. */
  public enum Momentum {
    /** Not at all. */
    NONE,
    /** A running sum of gradients is followed. */
    CLASSICAL,
    /** The gradient is taken where the sum leads. */
    NESTEROV
  }

  @Override
  public String name() {
    return switch (momentum) {
      case NONE -> "sgd";
      case CLASSICAL -> "momentum";
      case NESTEROV -> "nesterov";
    };
  }

  @Override
  public List<String> slots() {
    return momentum == Momentum.NONE ? List.of() : List.of("momentum_buffer");
  }

  @Override
  public void change(
      long step, double rate, float[] w, float[] g, float[][] slots, int from, int to) {
    float eta = (float) rate;
    switch (momentum) {
      case NONE -> plain(eta, w, g, from, to);
      case CLASSICAL -> classical(eta, w, g, slots[0], from, to);
      case NESTEROV -> nesterov(eta, w, g, slots[0], from, to);
    }
  }

  private void plain(float eta, float[] w, float[] g, int from, int to) {
    float decay = weightDecay;
    for (int i = from; i < to; i++) {
      w[i] -= eta * (g[i] + decay * w[i]);
    }
  }

  private void classical(float eta, float[] w, float[] g, float[] v, int from, int to) {
    float decay = weightDecay;
    float mu = factor;
    for (int i = from; i < to; i++) {
      v[i] = mu * v[i] + (g[i] + decay * w[i]);
      w[i] -= eta * v[i];
    }
  }

  private void nesterov(float eta, float[] w, float[] g, float[] v, int from, int to) {
    float decay = weightDecay;
    float mu = factor;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      v[i] = mu * v[i] + gradient;
      w[i] -= eta * (gradient + mu * v[i]);
    }
  }
}
