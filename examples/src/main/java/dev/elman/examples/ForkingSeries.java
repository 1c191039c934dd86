package dev.elman.examples;

import dev.elman.batches.Values;
import dev.elman.layers.RecurrentStack;
import dev.elman.losses.Bernoulli;
import dev.elman.losses.Distribution;
import dev.elman.losses.Gaussian;
import dev.elman.losses.GaussianMixture;
import dev.elman.models.Ending;
import dev.elman.models.SequenceModel;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Series that fork at each step, up or down by a swing that depends on the step's number: what the
 * distribution at the output is worth. A Gaussian puts its mean in between, where nothing ever is.
 */
@Command(
    name = "forks",
    description = {
      "Series that go up or down at each step, by several distributions at the output.",
      "A Gaussian, a mixture of two, the same with the step's number as an input, and a Bernoulli"
          + " output for whether it goes up. Nats a step beside what is really uncertain."
    })
public final class ForkingSeries implements Example {
  private static final int STEPS = 20;
  private static final double NOISE = 0.1; // standard deviation

  @Option(
      names = "--heads",
      split = ",",
      paramLabel = "NAME",
      description = "Some of gaussian, mixture, clock, bernoulli (default: all).")
  private List<Head> heads = List.of(Head.values());

  @Option(
      names = "--sequences",
      paramLabel = "N",
      description = "To learn from (default: ${DEFAULT-VALUE}).")
  private int sequences = 400;

  @Mixin
  private final NetworkOptions options = new NetworkOptions("gru", 16, 25, 0.03).withBatch(16);

  /** What a model says of the next row, and how much of it nobody can know. */
  enum Head {
    GAUSSIAN(new Gaussian(1), 0, entropy()),
    MIXTURE(new GaussianMixture(1, 2), 0, entropy()),
    CLOCK(new GaussianMixture(1, 2), STEPS, entropy()),
    BERNOULLI(new Bernoulli(1), 0, Math.log(2));

    private final Distribution distribution;
    private final int clock;
    private final double uncertain;

    Head(Distribution distribution, int clock, double uncertain) {
      this.distribution = distribution;
      this.clock = clock;
      this.uncertain = uncertain;
    }

    /** Of the direction, and of the noise around the two ways, which lie far apart. */
    private static double entropy() {
      return Math.log(2) + Math.log(2 * Math.PI * Math.E * NOISE * NOISE) / 2;
    }
  }

  @Override
  public void run(Stage stage) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("output", "nats a step", "really uncertain", "a drawn series"));
    for (Head head : heads) {
      stage.say("%s:", head.name().toLowerCase(Locale.ROOT));
      RecurrentStack recurrent = options.recurrent();
      SequenceModel model =
          new SequenceModel(
              new SequenceModel.Settings(
                  head.distribution, 0, new Ending.Given(), head.clock, 0, recurrent),
              options.seed());
      RandomStream random = RandomStream.of(options.seed(), "forking series");
      List<Values> learned = drawn(head, sequences, random);
      stage.train(model, options.plan(), model.source(learned, options.batch()), null);
      double nats = 0;
      List<Values> unseen = drawn(head, 100, random);
      for (Values series : unseen) {
        for (double p : model.logProbabilities(series)) {
          nats -= p / (STEPS * unseen.size());
        }
      }
      rows.add(
          List.of(
              head.name().toLowerCase(Locale.ROOT),
              String.format(Locale.ROOT, "%.3f", nats),
              String.format(Locale.ROOT, "%.3f", head.uncertain),
              text((Values.Numbers) model.sample(random, 1, 5))));
    }
    stage.say("%n100 new series of %d steps:", STEPS);
    stage.table(rows);
  }

  private static String text(Values.Numbers series) {
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < series.rows(); t++) {
      text.append(String.format(Locale.ROOT, "%6.2f", series.array()[t]));
    }
    return text.toString();
  }

  private static List<Values> drawn(Head head, int count, RandomStream random) {
    List<Values> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Values.Numbers series = new Values.Numbers(1);
      float[] numbers = series.resize(STEPS);
      for (int t = 0; t < STEPS; t++) {
        boolean up = random.nextInt(2) == 0;
        double swing = 1 + (double) t / STEPS;
        double moved = (up ? swing : -swing) + NOISE * random.nextGaussian();
        numbers[t] = head == Head.BERNOULLI ? up ? 1 : 0 : (float) moved;
      }
      all.add(series);
    }
    return all;
  }
}
