package dev.elman.examples.identify;

import dev.elman.tensor.RandomStream;
import java.util.List;

/**
 * A system that answers to actions: {@code ds/dt = f(s, a, t)}, of which noisy parts are observed
 * once a step.
 */
interface ControlledSystem {
  /** What it is called on the command line. */
  String name();

  /** How long a step is, with its unit. */
  String step();

  /** Names of the K things that are observed. */
  List<String> observed();

  /** The standard deviation of the noise on each of them. */
  double[] noise();

  /** How many numbers an action has. */
  int actions();

  /**
   * After how many steps its law is the same again: a network reads from such a point on, so that
   * the step number means something to it. 1 where the law never changes.
   */
  int period();

  /** The state in which an experiment begins. */
  double[] start(RandomStream random);

  /**
   * The slope of the state.
   *
   * @param time in steps
   * @param slope {@code ds/dt}, a step being the unit of time
   */
  void slope(double[] state, float[] action, double time, double[] slope);

  /** What would be observed without noise. */
  double[] observe(double[] state);

  /** Actions as in the record: random levels, held for random times, {@code [steps][actions]}. */
  float[][] recorded(int steps, RandomStream random);

  /** Actions of another kind, which the record does not hold, {@code [steps][actions]}. */
  float[][] planned(int steps, RandomStream random);
}
