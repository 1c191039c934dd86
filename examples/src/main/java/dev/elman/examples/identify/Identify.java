package dev.elman.examples.identify;

import dev.elman.examples.Example;
import dev.elman.examples.NetworkOptions;
import dev.elman.examples.Stage;
import dev.elman.layers.RecurrentStack;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Identifies a system from its record and rolls it out under actions of a kind that the record does
 * not hold, beside honest floors.
 */
@Command(
    name = "identify",
    description = {
      "Identify a controlled system from its record, and roll it out under other actions.",
      "A network learns from noisy observations and actions what comes next. It is warmed up by the"
          + " first steps of new experiments, then told the actions alone. Beside it stand"
          + " repeating the last observation and a linear autoregression with inputs, whose order"
          + " is the best of six."
    })
public final class Identify implements Example {
  private static final List<ControlledSystem> SYSTEMS =
      List.of(new HeatedRoom(0), new HeatedRoom(8), new CartPole());

  @Option(
      names = "--system",
      paramLabel = "NAME",
      description = "One of room, room-by-day, cart-pole (default: ${DEFAULT-VALUE}).")
  private String system = "room";

  @Option(
      names = "--record",
      paramLabel = "STEPS",
      description = "Length of the record (default: ${DEFAULT-VALUE}).")
  private int record = 14_400;

  @Option(
      names = "--horizon",
      paramLabel = "STEPS",
      description = "Steps rolled out (default: ${DEFAULT-VALUE}).")
  private int horizon = 96;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "New experiments, of two roll-outs each (default: ${DEFAULT-VALUE}).")
  private int test = 60;

  @Mixin private final NetworkOptions options = new NetworkOptions("gru", 32, 40, 0.01);

  @Override
  public void run(Stage stage) {
    show(stage, rollOuts(stage));
  }

  /** Simulates the record, learns from it and rolls out. */
  RollOuts rollOuts(Stage stage) {
    ControlledSystem simulated = simulated();
    Size size = new Size(record, 48, horizon, test, options.batch(), options.seed());
    RandomStream random = RandomStream.of(size.seed(), "record of " + simulated.name());
    float[][] actions = simulated.recorded(record, random);
    Experiment seen = Experiment.run(simulated, simulated.start(random), 0, actions, random);
    List<Network> networks = new ArrayList<>();
    for (RecurrentStack recurrent : networks(simulated)) {
      Network.Training training =
          (model, learned, validation) -> stage.train(model, options.plan(), learned, validation);
      networks.add(Network.learn(simulated, seen, new Network.Learning(size, recurrent, training)));
    }
    LinearModel linear = LinearModel.best(seen, size, networks.get(0).scale());
    stage.say(
        "%n%s: %,d steps of %s in the record; the linear model reads the last %d",
        simulated.name(), record, simulated.step(), linear.order());
    stage.say("Error under other actions, root mean square, 1 being the deviation in the record:");
    return new RollOuts(simulated, networks, linear, size);
  }

  /** The network, and where the law changes with time, the same told the step number. */
  private List<RecurrentStack> networks(ControlledSystem simulated) {
    RecurrentStack asked = options.recurrent();
    return simulated.period() == 1
        ? List.of(asked)
        : List.of(asked, asked.withCell(asked.cell() + "+time=4"));
  }

  private ControlledSystem simulated() {
    for (ControlledSystem known : SYSTEMS) {
      if (known.name().equals(system)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "--system: expected one of "
            + String.join(", ", SYSTEMS.stream().map(ControlledSystem::name).toList())
            + ", got "
            + system
            + ".\nCure: name one of them.");
  }

  private void show(Stage stage, RollOuts rollOuts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("steps ahead", rollOuts.names()));
    for (int h = 1; h < 2 * horizon; h *= 2) {
      int ahead = Math.min(h, horizon);
      rows.add(
          row(
              Integer.toString(ahead),
              Arrays.stream(rollOuts.errors(ahead - 1)).mapToObj(Identify::number).toList()));
    }
    stage.table(rows);
  }

  private static List<String> row(String first, List<String> others) {
    List<String> row = new ArrayList<>(List.of(first));
    row.addAll(others);
    return row;
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.3f", x);
  }
}
