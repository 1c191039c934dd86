package dev.elman.examples;

import dev.elman.batches.Values;
import dev.elman.checkpoints.SavedModel;
import dev.elman.losses.Bernoulli;
import dev.elman.models.Ending;
import dev.elman.models.SequenceModel;
import dev.elman.tasks.TrainedSequenceModel;
import dev.elman.tensor.RandomStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Bach's chorales as a probability model: at each step 88 keys, each with its own Bernoulli output,
 * given all steps before (Boulanger-Lewandowski, Bengio and Vincent 2012; the networks of about
 * 20,000 parameters are those of Chung, Gulcehre, Cho and Bengio 2014).
 */
@Command(
    name = "chorales",
    description = {
      "The probability of Bach's chorales, 88 keys at each step, in nats a step.",
      "Floors: how often each key sounds, and how often after it sounded or not. The weights are"
          + " those that are best on the pieces for validation. A sampled chorale ends the output."
    })
public final class Chorales implements Example {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description =
          "jsb-chorales-quarter.json, Bach's chorales by quarter notes: lists of pieces, of steps,"
              + " of MIDI keys, under 'train', 'valid' and 'test'.")
  private Path file;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description = "Before the outputs (default: ${DEFAULT-VALUE}).")
  private double dropout = 0.2;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Epochs without a better validation to stop after (default: ${DEFAULT-VALUE}).")
  private int patience = 30;

  @Option(names = "--out", paramLabel = "DIR", description = "Save the model there.")
  private Path out;

  @Mixin
  private final NetworkOptions options =
      new NetworkOptions("gru+dropout=0.2", 46, 100, 0.005).withBatch(1);

  @Override
  public void run(Stage stage) {
    ChoraleFile pieces = ChoraleFile.read(file);
    SequenceModel model =
        new SequenceModel(
            new SequenceModel.Settings(
                new Bernoulli(ChoraleFile.KEYS),
                0,
                new Ending.Given(),
                0,
                0,
                options.recurrent().withDropout(dropout)),
            options.seed());
    stage.train(
        model,
        options.plan().withPatience(patience),
        model.source(pieces.train(), options.batch()),
        model.source(pieces.valid(), options.batch()));
    KeyFloors floors = KeyFloors.of(pieces.train());
    stage.say("%nNats for each step after the first of a piece:");
    stage.table(
        List.of(
            List.of("", "validation", "test"),
            row("how often each key sounds", floors, pieces, 0),
            row("and after it sounded or not", floors, pieces, 1),
            List.of(model.variant(), nats(model, pieces.valid()), nats(model, pieces.test()))));
    TrainedSequenceModel trained = new TrainedSequenceModel(model, ChoraleFile.names());
    stage.say("%nA chorale drawn from it, step by step:");
    Values drawn = model.sample(RandomStream.of(options.seed(), "chorale"), 1, 16);
    trained.inWords(drawn).forEach(chord -> stage.say("  %s", chord.isEmpty() ? "-" : chord));
    if (out != null) {
      new SavedModel(trained, Map.of("data", file.getFileName().toString())).write(out);
      stage.say("%nSaved. Next: elman generate %s --length 64", out);
    }
  }

  private static List<String> row(String name, KeyFloors floors, ChoraleFile pieces, int which) {
    double[] valid = floors.nats(pieces.valid());
    double[] test = floors.nats(pieces.test());
    return List.of(name, text(valid[which]), text(test[which]));
  }

  private static String nats(SequenceModel model, List<Values> pieces) {
    double sum = 0;
    int steps = 0;
    for (Values piece : pieces) {
      double[] parts = model.logProbabilities(piece);
      for (int t = 1; t < parts.length; t++) {
        sum -= parts[t];
      }
      steps += parts.length - 1;
    }
    return text(sum / steps);
  }

  private static String text(double nats) {
    return String.format(Locale.ROOT, "%.3f", nats);
  }
}
