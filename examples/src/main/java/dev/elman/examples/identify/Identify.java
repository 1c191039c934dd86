package dev.elman.examples.identify;

import dev.elman.layers.RecurrentStack;
import dev.elman.sessions.Session;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Identifies a system from its record and rolls it out under actions of a kind that the record does
 * not hold; beside it, what repeating the last value and a linear model are worth.
 */
public final class Identify {
  private static final int[] ORDERS = {1, 2, 4, 8, 16, 32};
  private static final int BURN_IN = 600;

  private Identify() {}

  /**
   * How much is simulated and learned.
   *
   * @param record steps of the record, of which the last 15 % choose epoch and order
   * @param warmUp steps that are observed before a roll-out
   * @param horizon steps that are rolled out
   * @param apart steps between the beginnings of segments that are learned from
   * @param epochs of training
   * @param tests experiments of two roll-outs each
   */
  record Size(int record, int warmUp, int horizon, int apart, int epochs, int tests) {
    static final Size WHOLE =
        new Size(
            14_400, 48, 96, Integer.getInteger("apart", 12), Integer.getInteger("epochs", 30), 60);
  }

  /** What a roll-out of each is off by, squared, summed over tests: {@code [model][step]}. */
  record Result(String text, double[][] errors) {}

  /** Arguments: {@code room} or {@code cart-pole}; both where none is given. */
  public static void main(String[] args) {
    for (ControlledSystem system : List.of(new HeatedRoom(0), new CartPole())) {
      if (args.length == 0 || system.name().equals(args[0])) {
        System.out.println(run(system, Size.WHOLE, System.getProperty("cell", "gru")).text());
      }
    }
  }

  static Result run(ControlledSystem system, Size size, String cell) {
    RandomStream random = RandomStream.of(1, "record of " + system.name());
    float[][] actions = system.recorded(size.record(), random);
    Experiment record = Experiment.run(system, system.start(random), 0, actions, random);
    int train = size.record() * 85 / 100;
    RecurrentStack recurrent =
        RecurrentStack.DEFAULTS.withCell(cell).withHidden(Integer.getInteger("h", 32));
    Network network = Network.learn(record, train, size, recurrent);
    LinearModel linear = linear(record, train, size, network.scale());
    double[][] errors = test(system, size, network, linear);
    return new Result(text(system, size, network, linear, errors), errors);
  }

  /** The linear model of the order that rolls out best on the last part of the record. */
  private static LinearModel linear(Experiment record, int train, Size size, Scale scale) {
    LinearModel best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int order : ORDERS) {
      LinearModel model = LinearModel.fit(order, record, 0, train);
      double sum = 0;
      for (int now = train + order; now + size.horizon() < record.steps(); now += size.apart()) {
        float[][] ahead = model.rollOut(record.observed(), record.actions(), now, size.horizon());
        for (int h = 0; h < size.horizon(); h++) {
          for (int o = 0; o < ahead[h].length; o++) {
            double d = (ahead[h][o] - record.observed()[now + 1 + h][o]) / scale.deviations()[o];
            sum += d * d;
          }
        }
      }
      if (sum < least) {
        least = sum;
        best = model;
      }
    }
    return best;
  }

  private static double[][] test(
      ControlledSystem system, Size size, Network network, LinearModel linear) {
    double[][] errors = new double[3][size.horizon()];
    Scale scale = network.scale();
    for (int i = 0; i < size.tests(); i++) {
      RandomStream random = RandomStream.of(2, "test of " + system.name(), i);
      int before = BURN_IN + size.warmUp();
      Experiment seen =
          Experiment.run(system, system.start(random), 0, system.recorded(before, random), random);
      Session session = network.warmedUp(seen, BURN_IN, size.warmUp());
      float[] last = seen.observed()[before];
      for (int future = 0; future < 2; future++) {
        float[][] planned =
            Boolean.getBoolean("rec")
                ? system.recorded(size.horizon(), random)
                : system.planned(size.horizon(), random);
        Experiment truth = Experiment.run(system, seen.end(), before, planned, random);
        float[][] byNetwork = network.rollOut(session, last, planned);
        float[][] all = Arrays.copyOf(seen.actions(), before + planned.length);
        System.arraycopy(planned, 0, all, before, planned.length);
        float[][] byLinear = linear.rollOut(seen.observed(), all, before, planned.length);
        for (int h = 0; h < size.horizon(); h++) {
          for (int o = 0; o < last.length; o++) {
            double y = scale.scaled(o, truth.truth()[h + 1][o]);
            double share = 1.0 / (2 * size.tests() * last.length);
            errors[0][h] += share * square(byNetwork[h][o] - y);
            errors[1][h] += share * square(scale.scaled(o, byLinear[h][o]) - y);
            errors[2][h] += share * square(scale.scaled(o, last[o]) - y);
          }
        }
      }
    }
    return errors;
  }

  private static double square(double x) {
    return x * x;
  }

  private static String text(
      ControlledSystem system, Size size, Network network, LinearModel linear, double[][] errors) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d steps of %s; network of %,d parameters, linear model of order %d%n",
            system.name(),
            size.record(),
            system.step(),
            network.parameters(),
            linear.order()));
    text.append(
        java.util.Arrays.toString(network.scale().means())
            + java.util.Arrays.toString(network.scale().deviations())
            + "\n");
    text.append("steps ahead   network    linear  last value\n");
    for (int h = 1;
        h <= size.horizon();
        h = h < size.horizon() ? Math.min(2 * h, size.horizon()) : h + 1) {
      text.append(
          String.format(
              Locale.ROOT,
              "%11d  %8.3f  %8.3f  %10.3f%n",
              h,
              Math.sqrt(errors[0][h - 1]),
              Math.sqrt(errors[1][h - 1]),
              Math.sqrt(errors[2][h - 1])));
    }
    return text.toString();
  }
}
