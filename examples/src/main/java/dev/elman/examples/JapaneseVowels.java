package dev.elman.examples;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.tensor.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Who said it? Nine speakers say two vowels (Kudo, Toyama and Shimbo 1999), read in both
 * directions: 270 recordings to learn from, 370 to test with, 12 numbers a step.
 */
@Command(
    name = "vowels",
    description = {
      "Japanese vowels: which of nine speakers, read in both directions.",
      "The files JapaneseVowels_TRAIN.ts and JapaneseVowels_TEST.ts are those of"
          + " https://timeseriesclassification.com. While learning, noise is added to the scaled"
          + " numbers, anew in every epoch."
    })
public final class JapaneseVowels implements Example {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder with the two files.")
  private Path data;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Seeds, from --seed on (default: ${DEFAULT-VALUE}).")
  private int runs = 5;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description = "Between layers and before the last one (default: ${DEFAULT-VALUE}).")
  private double dropout = 0.5;

  @Option(names = "--layers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int layers = 1;

  @Option(
      names = "--noise",
      paramLabel = "DEVIATION",
      description = "Standard deviation of the noise (default: ${DEFAULT-VALUE}).")
  private double noise = 0.5;

  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      description = "How the rows become one: last, mean or max (default: ${DEFAULT-VALUE}).")
  private Pooling pooling = Pooling.MEAN;

  @Mixin
  private final NetworkOptions options = new NetworkOptions("lstm", 64, 60, 0.005).withBatch(16);

  @Override
  public void run(Stage stage) {
    LabelledRows raw = SeriesFile.read(data.resolve("JapaneseVowels_TRAIN.ts"));
    LabelledRows training = scaled(raw, raw);
    LabelledRows test = scaled(SeriesFile.read(data.resolve("JapaneseVowels_TEST.ts")), raw);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "right", "wrong"));
    rows.add(row("most frequent class", test.byMostFrequent(training), test));
    rows.add(row("nearest neighbour", test.byNearest(training), test));
    double sum = 0;
    try (Threads threads = options.threads()) {
      for (int run = 0; run < runs; run++) {
        Classifier model = learned(stage, training, options.seed() + run);
        double right = test.accuracy(model, threads);
        sum += right;
        rows.add(row("seed " + (options.seed() + run), right, test));
      }
    }
    rows.add(row("mean of the seeds", sum / runs, test));
    stage.say("%n%,d recordings not learned from:", test.labels().length);
    stage.table(rows);
  }

  private static List<String> row(String name, double right, LabelledRows test) {
    double wrong = (1 - right) * test.labels().length;
    return List.of(
        name,
        String.format(Locale.ROOT, "%.2f %%", 100 * right),
        String.format(Locale.ROOT, "%.1f", wrong));
  }

  private Classifier learned(Stage stage, LabelledRows training, long seed) {
    RecurrentStack recurrent =
        options
            .recurrent()
            .withLayers(layers)
            .withDirections(RecurrentStack.Directions.BOTH)
            .withDropout(dropout);
    Classifier model =
        new Classifier(
            new Classifier.Settings(
                0, training.columns(), training.classes(), pooling, 0.05, recurrent),
            seed);
    Drawn source = new Drawn((epoch, random) -> noisy(training, random), seed);
    stage.train(model, options.plan().withSeed(seed), source, null);
    return model;
  }

  private SequenceSource noisy(LabelledRows data, RandomStream random) {
    List<Values.Numbers> sequences = new ArrayList<>();
    for (Values.Numbers sequence : data.sequences()) {
      Values.Numbers rows = new Values.Numbers(sequence.columns());
      float[] numbers = rows.resize(sequence.rows());
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = sequence.array()[i] + (float) (noise * random.nextGaussian());
      }
      sequences.add(rows);
    }
    return new LabelledRows(sequences, data.labels(), data.classes())
        .shuffled(options.batch(), random);
  }

  /** Each column less the mean of another set, by its standard deviation. */
  private static LabelledRows scaled(LabelledRows data, LabelledRows as) {
    int columns = data.columns();
    double[] sum = new double[columns];
    double[] squares = new double[columns];
    int rows = 0;
    for (Values.Numbers sequence : as.sequences()) {
      rows += sequence.rows();
      for (int i = 0; i < sequence.rows() * columns; i++) {
        sum[i % columns] += sequence.array()[i];
        squares[i % columns] += sequence.array()[i] * (double) sequence.array()[i];
      }
    }
    List<Values.Numbers> sequences = new ArrayList<>();
    for (Values.Numbers sequence : data.sequences()) {
      Values.Numbers scaled = new Values.Numbers(columns);
      float[] numbers = scaled.resize(sequence.rows());
      for (int i = 0; i < sequence.rows() * columns; i++) {
        double mean = sum[i % columns] / rows;
        double deviation = Math.sqrt(squares[i % columns] / rows - mean * mean);
        numbers[i] = (float) ((sequence.array()[i] - mean) / deviation);
      }
      sequences.add(scaled);
    }
    return new LabelledRows(sequences, data.labels(), data.classes());
  }
}
