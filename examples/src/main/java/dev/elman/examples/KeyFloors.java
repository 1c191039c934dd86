package dev.elman.examples;

import dev.elman.batches.Values;
import java.util.List;

/**
 * What is known about each key by itself: how often it sounds, and how often after it sounded or
 * not. Each count begins at one half.
 *
 * @param often {@code [88]}, the share of steps
 * @param after {@code [2][88]}, the share of steps after silence of the key, and after its sound
 */
record KeyFloors(double[] often, double[][] after) {
  private static final int KEYS = ChoraleFile.KEYS;

  static KeyFloors of(List<Values> pieces) {
    double[][] steps = new double[2][KEYS];
    double[][] sounds = new double[2][KEYS];
    double[] often = new double[KEYS];
    int all = 0;
    for (Values piece : pieces) {
      float[] keys = ((Values.Numbers) piece).array();
      for (int i = 0; i < piece.rows() * KEYS; i++) {
        often[i % KEYS] += keys[i];
        if (i >= KEYS) {
          int before = (int) keys[i - KEYS];
          steps[before][i % KEYS]++;
          sounds[before][i % KEYS] += keys[i];
        }
      }
      all += piece.rows();
    }
    for (int k = 0; k < KEYS; k++) {
      often[k] = (often[k] + 0.5) / (all + 1);
      for (int before = 0; before < 2; before++) {
        sounds[before][k] = (sounds[before][k] + 0.5) / (steps[before][k] + 1);
      }
    }
    return new KeyFloors(often, sounds);
  }

  /** Nats for each step after the first: by how often keys sound, and by the step before. */
  double[] nats(List<Values> pieces) {
    double[] nats = new double[2];
    int steps = 0;
    for (Values piece : pieces) {
      float[] keys = ((Values.Numbers) piece).array();
      for (int i = KEYS; i < piece.rows() * KEYS; i++) {
        nats[0] -= log(often[i % KEYS], keys[i]);
        nats[1] -= log(after[(int) keys[i - KEYS]][i % KEYS], keys[i]);
      }
      steps += piece.rows() - 1;
    }
    return new double[] {nats[0] / steps, nats[1] / steps};
  }

  private static double log(double p, float sounds) {
    return Math.log(sounds == 1 ? p : 1 - p);
  }
}
