package dev.elman.examples;

import dev.elman.batches.Values;
import dev.elman.losses.Categorical;
import dev.elman.models.Ending;
import dev.elman.models.SequenceModel;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Three ways to end a sequence (Goodfellow, Bengio and Courville 2016, 10.2.3) on one task whose
 * distribution is known: sequences are short or long, and symbols mostly go up by one.
 */
@Command(
    name = "endings",
    description = {
      "Sequences that end by a symbol, by a stop output, or by a length that is said first.",
      "Sequences of four symbols that mostly go up by one have 3 to 7 or 12 to 18 of them. For each"
          + " ending a network learns them; the lengths of what it draws stand beside the true"
          + " ones."
    })
public final class SequenceEndings implements Example {
  private static final int SYMBOLS = 4;
  private static final int[] WEIGHTS = {
    0, 0, 1, 2, 3, 2, 1, 0, 0, 0, 0, 1, 2, 3, 4, 3, 2, 1 // of lengths 1, 2, ...
  };
  private static final int ALL = IntStream.of(WEIGHTS).sum();
  private static final double UP = 0.85;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      description = "To learn from (default: ${DEFAULT-VALUE}).")
  private int sequences = 4000;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "Sequences that each network draws (default: ${DEFAULT-VALUE}).")
  private int draws = 10_000;

  @Mixin private final NetworkOptions options = new NetworkOptions("gru", 32, 40, 0.01);

  @Override
  public void run(Stage stage) {
    List<Values> learned = drawn(sequences, options.seed());
    List<Values> unseen = drawn(1000, options.seed() + 1);
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("", "nats a sequence", "total variation of lengths"));
    double truth = unseen.stream().mapToDouble(SequenceEndings::logProbability).average().orElse(0);
    table.add(List.of("true distribution", nats(truth), text(distance(shares(drawn(draws, 77))))));
    List<double[]> lengths = new ArrayList<>();
    for (Ending ending : endings()) {
      SequenceModel model =
          new SequenceModel(
              new SequenceModel.Settings(
                  new Categorical(SYMBOLS), 8, ending, 0, 0, options.recurrent()),
              options.seed());
      stage.say("%n%s", name(ending));
      stage.train(model, options.plan(), model.source(learned, options.batch()), null);
      double log = unseen.stream().mapToDouble(model::logProbability).average().orElse(0);
      lengths.add(shares(draw(model)));
      double distance = distance(lengths.get(lengths.size() - 1));
      table.add(List.of(name(ending), nats(log), text(distance)));
    }
    stage.say("%nLengths of %,d sequences that each drew:", draws);
    stage.table(byLength(lengths));
    stage.say(
        "%nNats by which each finds 1,000 new sequences improbable, and half the sum of the"
            + " differences of the shares above (%,d true sequences: chance alone):",
        draws);
    stage.table(table);
  }

  private static List<Ending> endings() {
    return List.of(new Ending.Symbol(), new Ending.Stop(), new Ending.Length(WEIGHTS.length));
  }

  private static String name(Ending ending) {
    if (ending instanceof Ending.Symbol) {
      return "end symbol";
    }
    return ending instanceof Ending.Stop ? "stop output" : "length first";
  }

  private List<Values> draw(SequenceModel model) {
    RandomStream random = RandomStream.of(options.seed(), "drawing");
    return IntStream.range(0, draws).mapToObj(i -> model.sample(random, 1, 50)).toList();
  }

  private static List<List<String>> byLength(List<double[]> lengths) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("length", "true", "end symbol", "stop output", "length first"));
    for (int length = 0; length <= WEIGHTS.length + 1; length++) {
      String name = length > WEIGHTS.length ? "longer" : Integer.toString(length);
      List<String> row = new ArrayList<>(List.of(name, text(share(length))));
      for (double[] shares : lengths) {
        row.add(text(shares[length]));
      }
      table.add(row);
    }
    return table;
  }

  /** The true share of a length. */
  private static double share(int length) {
    return length < 1 || length > WEIGHTS.length ? 0 : WEIGHTS[length - 1] / (double) ALL;
  }

  /** The share of each length from 0 up, and of all longer ones at last. */
  private static double[] shares(List<Values> drawn) {
    double[] shares = new double[WEIGHTS.length + 2];
    for (Values sequence : drawn) {
      shares[Math.min(sequence.rows(), WEIGHTS.length + 1)] += 1.0 / drawn.size();
    }
    return shares;
  }

  /** Half the sum of differences: the largest difference of the probability of any event. */
  static double distance(double... shares) {
    return IntStream.range(0, shares.length)
            .mapToDouble(length -> Math.abs(shares[length] - share(length)))
            .sum()
        / 2;
  }

  /** Sequences of the true distribution. */
  static List<Values> drawn(int count, long seed) {
    RandomStream random = RandomStream.of(seed, "endings");
    List<Values> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int left = random.nextInt(ALL);
      int length = 0;
      while (left >= 0) {
        left -= WEIGHTS[length++];
      }
      int[] codes = new int[length];
      codes[0] = random.nextInt(SYMBOLS);
      for (int t = 1; t < length; t++) {
        int step = random.nextDouble() < UP ? 1 : 2 + random.nextInt(SYMBOLS - 1);
        codes[t] = (codes[t - 1] + step) % SYMBOLS;
      }
      all.add(Values.Codes.of(codes));
    }
    return all;
  }

  /** The logarithm of the true probability of a sequence. */
  static double logProbability(Values sequence) {
    int[] codes = Arrays.copyOf(((Values.Codes) sequence).array(), sequence.rows());
    double log = Math.log(share(codes.length)) - Math.log(SYMBOLS);
    for (int t = 1; t < codes.length; t++) {
      boolean up = codes[t] == (codes[t - 1] + 1) % SYMBOLS;
      log += Math.log(up ? UP : (1 - UP) / (SYMBOLS - 1));
    }
    return log;
  }

  private static String nats(double log) {
    return String.format(Locale.ROOT, "%.3f", -log);
  }

  private static String text(double share) {
    return String.format(Locale.ROOT, "%.4f", share);
  }
}
