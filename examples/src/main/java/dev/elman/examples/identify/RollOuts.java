package dev.elman.examples.identify;

import dev.elman.sessions.Session;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;

/**
 * New experiments: each is observed for a while and then goes on twice, under actions of a kind
 * that the record does not hold, which a network and a linear model foretell.
 */
final class RollOuts {
  private static final int BEFORE = 600; // steps, after which a system has forgotten how it began

  private final ControlledSystem system;
  private final Network network;
  private final LinearModel linear;
  private final double[] byNetwork; // squares of deviations, by step
  private final double[] byLinear;
  private final double[] byRepeating;
  private int count; // numbers in each

  RollOuts(ControlledSystem system, Network network, LinearModel linear, Size size) {
    this.system = system;
    this.network = network;
    this.linear = linear;
    byNetwork = new double[size.horizon()];
    byLinear = new double[size.horizon()];
    byRepeating = new double[size.horizon()];
    for (int i = 0; i < size.tests(); i++) {
      experiment(RandomStream.of(size.seed(), "test of " + system.name(), i), size);
    }
  }

  private void experiment(RandomStream random, Size size) {
    int now = BEFORE + size.warmUp();
    float[][] done = system.recorded(now, random);
    Experiment seen = Experiment.run(system, system.start(random), 0, done, random);
    Session session = network.warmedUp(seen, BEFORE, size.warmUp());
    for (int future = 0; future < 2; future++) {
      float[][] planned = system.planned(size.horizon(), random);
      Experiment truth = Experiment.run(system, seen.end(), now, planned, random);
      float[][] all = Arrays.copyOf(done, now + planned.length);
      System.arraycopy(planned, 0, all, now, planned.length);
      float[][] foretold = network.rollOut(session, seen.observed()[now], planned);
      float[][] linearly = linear.rollOut(seen.observed(), all, now, planned.length);
      for (int h = 0; h < planned.length; h++) {
        compare(h, truth.truth()[h + 1], foretold[h], linearly[h], seen.observed()[now]);
      }
    }
  }

  private void compare(int h, double[] truth, float[] foretold, float[] linearly, float[] last) {
    Scale scale = network.scale();
    for (int o = 0; o < truth.length; o++) {
      double y = scale.scaled(o, truth[o]);
      byNetwork[h] += square(foretold[o] - y);
      byLinear[h] += square(scale.scaled(o, linearly[o]) - y);
      byRepeating[h] += square(scale.scaled(o, last[o]) - y);
    }
    count += h == 0 ? truth.length : 0;
  }

  private static double square(double x) {
    return x * x;
  }

  /**
   * The root mean square error of the network at a step of the roll-outs, from 0, in deviations.
   */
  double ofNetwork(int h) {
    return Math.sqrt(byNetwork[h] / count);
  }

  /** The same of the linear model. */
  double ofLinear(int h) {
    return Math.sqrt(byLinear[h] / count);
  }

  /** The same of repeating what was last observed. */
  double ofRepeating(int h) {
    return Math.sqrt(byRepeating[h] / count);
  }
}
