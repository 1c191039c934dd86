package dev.elman.examples.identify;

import dev.elman.tensor.RandomStream;
import java.util.List;

/**
 * A cart on a track, held by a spring, from which a pole hangs; a force pushes the cart.
 *
 * <pre>{@code
 * x'' = (F - b·x' - k·x + m·l·θ'²·sin θ + m·g·sin θ·cos θ) / (M + m·sin² θ)
 * θ'' = -(x''·cos θ + g·sin θ)/l - c·θ'
 * }</pre>
 *
 * <p>θ from where the pole hangs; M = 1 kg, m = 0.5 kg at l = 0.5 m, k = 6 N/m. The place of the
 * cart and the direction of the pole are observed, not their speeds; a step is 50 ms.
 */
record CartPole() implements ControlledSystem {
  private static final double STEP = 0.05;
  private static final double MASS = 0.5;
  private static final double LENGTH = 0.5;
  private static final double G = 9.81;
  private static final float FORCE = 7;

  @Override
  public String name() {
    return "cart-pole";
  }

  @Override
  public String step() {
    return "50 ms";
  }

  @Override
  public List<String> observed() {
    return List.of("x", "sin", "cos");
  }

  @Override
  public double[] noise() {
    return new double[] {0.01, 0.02, 0.02};
  }

  @Override
  public int actions() {
    return 1;
  }

  @Override
  public int period() {
    return 1;
  }

  @Override
  public double[] start(RandomStream random) {
    return new double[] {0, 0, 1.5 * (random.nextDouble() - 0.5), 0};
  }

  @Override
  public void slope(double[] s, float[] action, double time, double[] slope) {
    double sin = StrictMath.sin(s[2]);
    double cos = StrictMath.cos(s[2]);
    double swing = MASS * sin * (LENGTH * s[3] * s[3] + G * cos);
    double a = (FORCE * action[0] - 0.8 * s[1] - 6 * s[0] + swing) / (1 + MASS * sin * sin);
    slope[0] = STEP * s[1];
    slope[1] = STEP * a;
    slope[2] = STEP * s[3];
    slope[3] = STEP * (-(a * cos + G * sin) / LENGTH - 0.3 * s[3]);
  }

  @Override
  public double[] observe(double[] s) {
    return new double[] {s[0], StrictMath.sin(s[2]), StrictMath.cos(s[2])};
  }

  @Override
  public float[][] recorded(int steps, RandomStream random) {
    float[][] actions = new float[steps][1];
    Actions.hold(actions, 0, random, new int[] {2, 14}, () -> random.uniform(-1, 1));
    return actions;
  }

  /** A swinging force. */
  @Override
  public float[][] planned(int steps, RandomStream random) {
    float[][] actions = new float[steps][1];
    double period = 16 + 24 * random.nextDouble();
    double from = random.nextDouble();
    for (int t = 0; t < steps; t++) {
      actions[t][0] = (float) (0.8 * StrictMath.sin(2 * Math.PI * (t / period + from)));
    }
    return actions;
  }
}
