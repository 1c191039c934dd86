package dev.elman.cli;

import dev.elman.batches.Split;
import dev.elman.csv.CsvFile;
import dev.elman.encoding.Unit;
import dev.elman.kernels.Threads;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.ScheduledSampling;
import dev.elman.tasks.Prepared;
import dev.elman.tasks.TextPairs;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.TranslateTask;
import dev.elman.tasks.TranslationTest;
import dev.elman.training.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman train translator}. */
@Command(
    name = "translator",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn to make one text of another, of any other length: sounds of letters, a sum of its "
          + "digits, a sentence of one in another language.",
      "An encoder reads the source, a decoder writes the target. A tenth of the pairs chooses the "
          + "best weights, a tenth tests the result, beside two floors: a copy of the source, and "
          + "the most frequent target. Fields of the table may also be separated by tabs."
    },
    footer = {
      "",
      "Examples:",
      "  elman train translator words.csv --source word --target sounds --target-unit word",
      "  elman train translator sums.csv --source sum --target result --reverse-source",
      "  elman predict models/translator-words --text hello --beam 5"
    })
final class TrainTranslator implements Callable<Integer> {
  private static final TrainingOptions.Defaults DEFAULTS =
      new TrainingOptions.Defaults(128, 0.1, 20, 0.003, 5);

  private CommandSpec spec;

  @Parameters(paramLabel = "FILE.csv", description = "A table with a column for each side.")
  private Path data;

  @Option(names = "--source", required = true, paramLabel = "COL", description = "What is read.")
  private String source;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "COL",
      description = "What is to be written.")
  private String target;

  @Option(
      names = "--source-unit",
      defaultValue = "char",
      paramLabel = "UNIT",
      description = "What a symbol of the source is: char, byte or word (default: char).")
  private String sourceUnit;

  @Option(
      names = "--target-unit",
      defaultValue = "char",
      paramLabel = "UNIT",
      description = "What a symbol of the target is: char, byte or word (default: char).")
  private String targetUnit;

  @Option(names = "--reverse-source", description = "Read sources from their end.")
  private boolean reverse;

  @Option(
      names = "--attention",
      defaultValue = "additive",
      paramLabel = "SCORE",
      description =
          "How the decoder looks back at the source: none, additive, dot or general (default: "
              + "additive).")
  private String attention;

  @Option(
      names = "--context",
      defaultValue = "first-state",
      paramLabel = "WHERE",
      description =
          "Where what the encoder ends with goes in: first-state, each-step or both (default: "
              + "first-state).")
  private String context;

  @Option(
      names = "--decoder-hidden",
      paramLabel = "H",
      description = "Units of a layer of the decoder (default: as many as --hidden).")
  private Integer decoderHidden;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description =
          "Columns of the embeddings; 0 for a column for each symbol (default: as many as "
              + "--hidden).")
  private Integer embedding;

  @Option(
      names = "--scheduled-sampling",
      defaultValue = "0",
      paramLabel = "P",
      description =
          "How often at the end of training the decoder reads its own symbol instead of the true "
              + "one (default: 0).")
  private double sampling;

  @Option(
      names = "--sampling-curve",
      defaultValue = "linear",
      paramLabel = "NAME",
      description = "The way there: linear, exponential or inverse-sigmoid (default: linear).")
  private String curve;

  @Option(
      names = "--label-smoothing",
      defaultValue = "0",
      paramLabel = "E",
      description = "Share of the target spread over all symbols (default: 0).")
  private double labelSmoothing;

  @Mixin private TrainingOptions options;

  @Spec
  void spec(CommandSpec mine) {
    spec = mine.resourceBundle(TrainingOptions.Defaults.inHelp(DEFAULTS, DEFAULTS));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TrainingPlan plan = options.plan(DEFAULTS);
    TranslateTask task = task();
    TextPairs pairs = TextPairs.of(CsvFile.read(data), source, target);
    Prepared<TrainedTranslator> prepared = task.prepare(pairs, options.seed());
    TrainedTranslator trained = prepared.trained();
    out.printf(
        Locale.ROOT,
        "pairs: %,d; %d symbols are read, %d written; %s%n",
        pairs.size(),
        trained.source().vocabulary().size(),
        trained.target().vocabulary().size(),
        trained.model().variant());
    Path folder = options.out("translator", data);
    TrainingRun run =
        new TrainingRun(
            options.saves(folder),
            plan,
            options.settings(plan),
            DataFile.provenance(List.of(data)),
            out);
    run.run(prepared);
    Split split = task.split(pairs, options.seed());
    TranslationResults results;
    try (Threads threads = new Threads(plan.threads())) {
      results =
          new TranslationResults(
              TranslationTest.of(
                  trained,
                  Optional.of(pairs.part(split.training())),
                  pairs.part(split.test()),
                  threads),
              trained);
    }
    results.print(out);
    out.printf(
        "%nModel: %s%nNext: %s predict %s --text \"%s\"%n",
        folder, ElmanCommand.called(), folder, pairs.sources().get(split.test()[0]));
    ReportFile.write(options.report(), run.report(), results.report());
    return 0;
  }

  private TranslateTask task() {
    RecurrentStack reader = options.recurrent(DEFAULTS);
    RecurrentStack writer =
        reader
            .withDirections(RecurrentStack.Directions.FORWARD)
            .withFirstState(
                context.equals("each-step")
                    ? reader.firstState()
                    : RecurrentStack.FirstState.ZERO) // the encoder gives it one
            .withHidden(
                decoderHidden == null
                    ? reader.hidden()
                    : Choice.positive("--decoder-hidden", decoderHidden, "64"));
    int columns = embedding == null ? reader.hidden() : embedding;
    List<String> units = List.of("char", "byte", "word");
    return new TranslateTask(
        new TranslateTask.Side(
            Unit.named(Choice.of("--source-unit", sourceUnit, units)), columns, reader),
        new TranslateTask.Side(
            Unit.named(Choice.of("--target-unit", targetUnit, units)), columns, writer),
        reverse ? TrainedTranslator.Order.REVERSED : TrainedTranslator.Order.FORWARD,
        new EncoderDecoder.Link(
            EncoderDecoder.Context.valueOf(
                constant("--context", context, "first-state", "each-step", "both")),
            Bridge.Form.DENSE,
            score()),
        new EncoderDecoder.Training(
            new ScheduledSampling(
                ScheduledSampling.Curve.valueOf(
                    constant(
                        "--sampling-curve", curve, "linear", "exponential", "inverse-sigmoid")),
                sampling),
            Choice.share("--label-smoothing", labelSmoothing, "0.1")),
        TranslateTask.SHARES,
        options.batch());
  }

  private Optional<Attention.Score> score() {
    String name = constant("--attention", attention, "none", "additive", "dot", "general");
    return name.equals("NONE") ? Optional.empty() : Optional.of(Attention.Score.valueOf(name));
  }

  /** The name of a constant, as typed in small letters. */
  private static String constant(String option, String typed, String... names) {
    return Choice.of(option, typed, List.of(names)).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
