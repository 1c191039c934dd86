package dev.elman.examples.identify;

import dev.elman.sessions.Session;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * New experiments: each is observed for a while and then goes on twice, under actions of a kind
 * that the record does not hold, which networks and a linear model foretell.
 */
final class RollOuts {
  private static final int BEFORE =
      4 * 144; // steps, after which a system has forgotten how it began

  private final ControlledSystem system;
  private final List<Network> networks;
  private final LinearModel linear;
  private final double[][] squares; // of each network, the linear model, repeating; by step
  private int count; // numbers in each

  RollOuts(ControlledSystem system, List<Network> networks, LinearModel linear, Size size) {
    this.system = system;
    this.networks = networks;
    this.linear = linear;
    squares = new double[networks.size() + 2][size.horizon()];
    for (int i = 0; i < size.tests(); i++) {
      experiment(RandomStream.of(size.seed(), "test of " + system.name(), i), size);
    }
  }

  private void experiment(RandomStream random, Size size) {
    int now = BEFORE + size.warmUp();
    float[][] done = system.recorded(now, random);
    Experiment seen = Experiment.run(system, system.start(random), 0, done, random);
    List<Session> sessions =
        networks.stream().map(n -> n.warmedUp(seen, BEFORE, size.warmUp())).toList();
    float[] last = seen.observed()[now];
    for (int future = 0; future < 2; future++) {
      float[][] planned = system.planned(size.horizon(), random);
      double[][] truth = Experiment.run(system, seen.end(), now, planned, random).truth();
      for (int n = 0; n < sessions.size(); n++) {
        Network network = networks.get(n);
        compare(squares[n], truth, network.rollOut(sessions.get(n), last, planned));
      }
      float[][] all = Arrays.copyOf(done, now + planned.length);
      System.arraycopy(planned, 0, all, now, planned.length);
      float[][] linearly = linear.rollOut(seen.observed(), all, now, planned.length);
      compare(squares[sessions.size()], truth, scaled(linearly));
      float[][] repeated = new float[planned.length][];
      Arrays.fill(repeated, last);
      compare(squares[sessions.size() + 1], truth, scaled(repeated));
      count += last.length;
    }
  }

  private float[][] scaled(float[][] rows) {
    float[][] scaled = new float[rows.length][rows[0].length];
    for (int h = 0; h < rows.length; h++) {
      for (int o = 0; o < rows[h].length; o++) {
        scaled[h][o] = scale().scaled(o, rows[h][o]);
      }
    }
    return scaled;
  }

  private Scale scale() {
    return networks.get(0).scale();
  }

  private void compare(double[] sums, double[][] truth, float[][] foretold) {
    for (int h = 0; h < sums.length; h++) {
      for (int o = 0; o < foretold[h].length; o++) {
        double off = foretold[h][o] - scale().scaled(o, truth[h + 1][o]);
        sums[h] += off * off;
      }
    }
  }

  /** What foretells, in the order of {@link #errors}. */
  List<String> names() {
    List<String> names = new ArrayList<>(networks.stream().map(Network::name).toList());
    names.addAll(List.of("linear", "last value"));
    return names;
  }

  /** The root mean square error of each at a step of the roll-outs, from 0, in deviations. */
  double[] errors(int h) {
    return Arrays.stream(squares).mapToDouble(sums -> Math.sqrt(sums[h] / count)).toArray();
  }
}
