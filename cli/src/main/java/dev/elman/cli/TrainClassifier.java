package dev.elman.cli;

import dev.elman.batches.Split;
import dev.elman.data.MissingPolicy;
import dev.elman.encoding.Unit;
import dev.elman.kernels.Threads;
import dev.elman.layers.Pooling;
import dev.elman.tasks.ClassifyTask;
import dev.elman.tasks.Labelled;
import dev.elman.tasks.Prepared;
import dev.elman.tasks.Recordings;
import dev.elman.tasks.Sequences;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.training.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman train classifier}. */
@Command(
    name = "classifier",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn to give each text, or each sequence of numbers, one of several labels.",
      "Texts: a column of a table, or files in folders named after their labels. Sequences of "
          + "numbers: CSV files in such folders, rows in the order of time and a column for each "
          + "input; or the rows of a table of numbers, a column for each step and one for the "
          + "label.",
      "Class by class, 70 %% are learned from, 10 %% choose the best weights, and 20 %% test the "
          + "result, beside two floors: the most frequent class, and naive Bayes over character "
          + "n-grams (texts) or the nearest neighbour (numbers)."
    },
    footer = {
      "",
      "Examples:",
      "  elman train classifier names.csv --text name --label language",
      "  elman train classifier mails/ --unit word      (mails/spam/1.txt ...)",
      "  elman predict models/classifier-names --data new-names.csv",
      "  elman train classifier gestures/           (gestures/wave/1.csv ...)",
      "  elman predict models/classifier-gestures --data new-gestures/",
      "  elman train classifier heartbeats.csv     (a row each: t1,t2,t3,kind)"
    })
final class TrainClassifier implements Callable<Integer> {
  private static final TrainingOptions.Defaults TEXTS =
      new TrainingOptions.Defaults(64, 0.3, 30, 0.003, 6);

  /** There are often few of them, so that an epoch is a few steps; fitted on three sets of them. */
  private static final TrainingOptions.Defaults NUMBERS =
      new TrainingOptions.Defaults(64, 0.3, 100, 0.003, 20);

  private CommandSpec spec;

  @Parameters(paramLabel = "FILE.csv|DIR", description = "Labelled texts or sequences.")
  private Path data;

  @Option(
      names = "--text",
      defaultValue = "",
      paramLabel = "COL",
      description =
          "Column of the texts (default: the first); numbers are texts, too, where this is given.")
  private String text;

  @Option(
      names = "--label",
      defaultValue = "",
      paramLabel = "COL",
      description = "Column of the labels (default: the last).")
  private String label;

  @Option(
      names = "--unit",
      defaultValue = "char",
      paramLabel = "UNIT",
      description = "What a symbol of a text is: char, byte or word (default: char).")
  private String unit;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "Columns of the embedding (default: as many as --hidden).")
  private Integer embedding;

  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      description =
          "How a sequence's states become one: last, mean, max, or attention, a mean with learned "
              + "weights (default: last for texts, max for numbers).")
  private Pooling pooling;

  @Option(
      names = "--label-smoothing",
      defaultValue = "0",
      paramLabel = "E",
      description = "Share of the target spread over all labels (default: 0).")
  private double labelSmoothing;

  @Option(
      names = "--missing",
      defaultValue = "refuse",
      paramLabel = "POLICY",
      description =
          "What to do with missing cells in CSV files that are sequences: refuse, drop, "
              + "forward_fill, interpolate (default: refuse).")
  private MissingPolicy missing;

  @Mixin private TrainingOptions options;

  @Spec
  void spec(CommandSpec mine) {
    spec = mine.resourceBundle(TrainingOptions.Defaults.inHelp(TEXTS, NUMBERS));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Labelled labelled = new SequencesFrom(data, missing).labelled(text, label);
    Sequences sequences = labelled.sequences();
    boolean numbers = sequences instanceof Recordings;
    TrainingOptions.Defaults defaults = numbers ? NUMBERS : TEXTS;
    TrainingPlan plan = options.plan(defaults);
    var recurrent = options.recurrent(defaults);
    Pooling usual = numbers ? Pooling.MAX : Pooling.LAST;
    ClassifyTask task =
        new ClassifyTask(
            Unit.named(Choice.of("--unit", unit, List.of("char", "byte", "word"))),
            embedding == null
                ? recurrent.hidden()
                : Choice.positive("--embedding", embedding, "64"),
            pooling == null ? usual : pooling,
            Choice.share("--label-smoothing", labelSmoothing, "0.1"),
            ClassifyTask.SHARES,
            options.batch(),
            recurrent);
    Prepared<TrainedClassifier> prepared = task.prepare(labelled, options.seed());
    TrainedClassifier trained = prepared.trained();
    out.printf("%s, %d classes%n", sequences.summary(), trained.labels().size());
    Path folder = options.out("classifier", data);
    Map<String, Object> provenance =
        Files.isDirectory(data)
            ? Map.of(data.toString(), sequences.size() + " " + sequences.noun())
            : DataFile.provenance(List.of(data));
    Map<String, Object> settings = new LinkedHashMap<>(options.settings(plan));
    settings.put("missing", missing.name());
    TrainingRun run = new TrainingRun(options.saves(folder), plan, settings, provenance, out);
    run.run(prepared);
    Split split = task.split(labelled, trained.labels(), options.seed());
    Labelled training = labelled.part(split.training());
    ClassResults results;
    try (Threads threads = new Threads(plan.threads())) {
      results =
          ClassResults.of(trained, Optional.of(training), labelled.part(split.test()), threads);
    }
    results.print(out);
    String next = numbers && Files.isDirectory(data) ? "DIR" : "FILE.csv";
    out.printf(
        "%nModel: %s%nNext: %s predict %s --data %s%n",
        folder, ElmanCommand.called(), folder, next);
    ReportFile.write(options.report(), run.report(), results.report());
    return 0;
  }
}
