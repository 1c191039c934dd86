package dev.elman.examples.identify;

import dev.elman.tensor.RandomStream;
import java.util.function.Supplier;

/** Random actions that excite a system: levels that are held for a while. */
final class Actions {
  private Actions() {}

  /**
   * Fills a column.
   *
   * @param times the least and the most steps that a level is held
   */
  static void hold(
      float[][] actions, int column, RandomStream random, int[] times, Supplier<Float> level) {
    int left = 0;
    float now = 0;
    for (float[] action : actions) {
      if (left-- == 0) {
        left = times[0] + random.nextInt(times[1] - times[0] + 1) - 1;
        now = level.get();
      }
      action[column] = now;
    }
  }
}
