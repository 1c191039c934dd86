package dev.elman.examples;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.models.LanguageModel;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import dev.elman.training.Evaluation;
import dev.elman.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The copying memory task (Hochreiter and Schmidhuber 1997; as in Arjovsky, Shah and Bengio 2016):
 * some symbols are read, then blanks for as many steps as the lag, the last of them a sign, after
 * which the symbols are to be said again in their order.
 *
 * <p>A model that remembers nothing does best by saying blanks, then each of the 8 symbols with
 * equal probability: {@link #floor}.
 */
@Command(
    name = "copying",
    description = {
      "Copying memory: say ten symbols again that were read T steps ago.",
      "New sequences are drawn for every epoch. Over the first half of the training the lag grows"
          + " to its full length."
    })
public final class CopyingMemory implements Example {
  private static final int SYMBOLS = 8;
  private static final int BLANK = 8;
  private static final int SIGN = 9;

  @Option(
      names = "--kept",
      paramLabel = "N",
      description = "Symbols to be remembered (default: ${DEFAULT-VALUE}).")
  private int kept = 10;

  @Option(
      names = "--lag",
      paramLabel = "T",
      description = "Steps between reading and saying them (default: ${DEFAULT-VALUE}).")
  private int lag = 100;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      description = "Drawn for an epoch (default: ${DEFAULT-VALUE}).")
  private int sequences = 3200;

  @Mixin private final NetworkOptions options = new NetworkOptions("gru", 128, 60, 0.003);

  @Override
  public void run(Stage stage) {
    Shape.positive("copying memory: --lag", lag);
    TrainingPlan plan = options.plan();
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(
                SIGN + 1, 16, LanguageModel.Output.OWN, 0, options.recurrent()),
            options.seed());
    Drawn source =
        new Drawn(
            (epoch, random) ->
                sequences(sequences, Drawn.growing(10, lag, epoch, plan.epochs()), random),
            options.seed());
    stage.train(model, plan, source, null);
    try (Threads threads = options.threads()) {
      SequenceSource unseen =
          sequences(1000, lag, RandomStream.of(options.seed(), "copying memory, test"));
      double loss = Evaluation.meanLoss(model, unseen, threads);
      stage.say("%nNats a step on 1,000 new sequences, lag %d:", lag);
      stage.table(
          List.of(
              List.of("", "loss", "of the floor"),
              List.of("remembering nothing", number(floor(kept, lag)), "1"),
              List.of(model.variant(), number(loss), number(loss / floor(kept, lag)))));
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  /** The loss of a model without memory, in nats a step: kept·ln 8 / (lag + 2·kept). */
  static double floor(int kept, int lag) {
    return kept * Math.log(SYMBOLS) / (lag + 2 * kept);
  }

  private SequenceSource sequences(int count, int lagNow, RandomStream random) {
    List<Values> inputs = new ArrayList<>();
    List<Values> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] read = new int[lagNow + 2 * kept];
      int[] said = new int[read.length];
      Arrays.fill(read, BLANK);
      Arrays.fill(said, BLANK);
      read[kept + lagNow - 1] = SIGN;
      for (int k = 0; k < kept; k++) {
        read[k] = random.nextInt(SYMBOLS);
        said[kept + lagNow + k] = read[k];
      }
      inputs.add(Values.Codes.of(read));
      targets.add(Values.Codes.of(said));
    }
    return SequenceSource.tagged(inputs, targets, options.batch());
  }
}
