package dev.elman.examples.identify;

import dev.elman.tensor.RandomStream;

/**
 * What happened: actions, what was observed before each, and what was true.
 *
 * @param actions {@code [T][actions]}, one after each observation
 * @param observed {@code [T + 1][K]}, with noise: the record
 * @param truth {@code [T + 1][K]}, without
 * @param end the state after the last step
 */
record Experiment(float[][] actions, float[][] observed, double[][] truth, double[] end) {
  private static final int PARTS = 4; // of a step

  /** Simulates a system from a state on, from a point of time on. */
  static Experiment run(
      ControlledSystem system, double[] start, int time, float[][] actions, RandomStream random) {
    int steps = actions.length;
    double[] noise = system.noise();
    float[][] observed = new float[steps + 1][noise.length];
    double[][] truth = new double[steps + 1][];
    double[] state = start.clone();
    for (int t = 0; t <= steps; t++) {
      truth[t] = system.observe(state);
      for (int k = 0; k < noise.length; k++) {
        observed[t][k] = (float) (truth[t][k] + noise[k] * random.nextGaussian());
      }
      if (t < steps) {
        for (int part = 0; part < PARTS; part++) {
          step(system, state, actions[t], time + t + part / (double) PARTS);
        }
      }
    }
    return new Experiment(actions, observed, truth, state);
  }

  /** One part of a step by the classical Runge-Kutta method. */
  private static void step(ControlledSystem system, double[] state, float[] action, double time) {
    int n = state.length;
    double h = 1.0 / PARTS;
    double[] weights = {1, 2, 2, 1};
    double[] reach = {0, h / 2, h / 2, h};
    double[] slope = new double[n];
    double[] sum = new double[n];
    for (int stage = 0; stage < 4; stage++) {
      double[] at = new double[n];
      for (int i = 0; i < n; i++) {
        at[i] = state[i] + reach[stage] * slope[i];
      }
      system.slope(at, action, time + reach[stage], slope);
      for (int i = 0; i < n; i++) {
        sum[i] += weights[stage] * slope[i];
      }
    }
    for (int i = 0; i < n; i++) {
      state[i] += h / 6 * sum[i];
    }
  }

  int steps() {
    return actions.length;
  }
}
