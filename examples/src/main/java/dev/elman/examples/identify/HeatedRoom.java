package dev.elman.examples.identify;

import dev.elman.tensor.RandomStream;
import java.util.List;

/**
 * A room with a radiator and a window, of which a sensor gives the temperature of the air.
 *
 * <pre>{@code
 * C_a·da/dt = U_aw·(w - a) + (U_ao + U_v·v)·(o - a) + R       air; v, how far the window is open
 * C_w·dw/dt = U_aw·(a - w) + U_wo·(o - w)                     walls
 * C_r·dr/dt = U_r·u·(60 - r) - R                              radiator; u, how far its valve is open
 * R = k·max(0, r - a)^1.3                                     what the radiator gives to the air
 * o = 5 + swing·cos(2π·(t - 90)/144)                          outside, warmest at three in the afternoon
 * }</pre>
 *
 * <p>The window multiplies, the valve multiplies and the radiator is no straight line, so no linear
 * model is right. Walls, radiator and the outside are not observed. kW, kWh/K and kW/K; a step is
 * ten minutes.
 *
 * @param swing of the outside temperature, half of what lies between day and night
 */
record HeatedRoom(double swing) implements ControlledSystem {
  private static final double STEP = 1.0 / 6; // of an hour
  private static final int DAY = 144;

  @Override
  public String name() {
    return swing == 0 ? "room" : "room-by-day";
  }

  @Override
  public String step() {
    return "10 min";
  }

  @Override
  public List<String> observed() {
    return List.of("air");
  }

  @Override
  public double[] noise() {
    return new double[] {0.1};
  }

  @Override
  public int actions() {
    return 2; // valve, window
  }

  @Override
  public int period() {
    return swing == 0 ? 1 : DAY;
  }

  @Override
  public double[] start(RandomStream random) {
    double air = 15 + 8 * random.nextDouble();
    return new double[] {air, air - 3 * random.nextDouble(), air + 20 * random.nextDouble()};
  }

  @Override
  public void slope(double[] s, float[] action, double time, double[] slope) {
    double air = s[0];
    double wall = s[1];
    double radiator = s[2];
    double outside = 5 + swing * StrictMath.cos(2 * Math.PI * (time - 90) / DAY);
    double heat = 0.0165 * StrictMath.pow(Math.max(0, radiator - air), 1.3);
    double toOutside = (0.04 + 0.3 * action[1]) * (outside - air);
    slope[0] = STEP * (0.5 * (wall - air) + toOutside + heat) / 0.3;
    slope[1] = STEP * (0.5 * (air - wall) + 0.03 * (outside - wall)) / 4;
    slope[2] = STEP * (0.2 * action[0] * (60 - radiator) - heat) / 0.03;
  }

  @Override
  public double[] observe(double[] state) {
    return new double[] {state[0]};
  }

  @Override
  public float[][] recorded(int steps, RandomStream random) {
    float[][] actions = new float[steps][2];
    Actions.hold(actions, 0, random, new int[] {3, 30}, () -> level(random, 0.3f, 0.4f));
    Actions.hold(actions, 1, random, new int[] {1, 8}, () -> level(random, 0.8f, 0.1f));
    return actions;
  }

  /** Shut, open, or somewhere between. */
  private static float level(RandomStream random, float shut, float open) {
    float drawn = random.nextFloat();
    return drawn < shut ? 0 : drawn < shut + open ? 1 : random.nextFloat();
  }

  /** The valve by a clock, open or shut for hours; the window wide open now and then. */
  @Override
  public float[][] planned(int steps, RandomStream random) {
    float[][] actions = new float[steps][2];
    int half = 18 + random.nextInt(18);
    int from = random.nextInt(half);
    int airing = 20 + random.nextInt(30);
    for (int t = 0; t < steps; t++) {
      actions[t][0] = (t + from) / half % 2;
      actions[t][1] = t % airing > airing - 3 ? 1 : 0;
    }
    return actions;
  }
}
