package dev.elman.cli;

import dev.elman.batches.Split;
import dev.elman.encoding.Unit;
import dev.elman.layers.Pooling;
import dev.elman.tasks.ClassifyTask;
import dev.elman.tasks.LabelledTexts;
import dev.elman.tasks.Prepared;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.training.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "Learn to give each text one of several labels.",
      "A row of a table is a text, or a file in a folder named after its label. Class by class, 70"
          + " %% of the texts are learned from, 10 %% choose the best weights, and 20 %% test the"
          + " result, beside two floors: the most frequent class, and naive Bayes over character "
          + "n-grams."
    },
    footer = {
      "",
      "Examples:",
      "  elman train classifier names.csv --text name --label language",
      "  elman train classifier mails/ --unit word --bidirectional      (mails/spam/1.txt ...)",
      "  elman predict models/classifier-names --data new-names.csv"
    })
final class TrainClassifier implements Callable<Integer> {
  static final TrainingOptions.Defaults DEFAULTS =
      new TrainingOptions.Defaults(64, 0.3, 30, 0.003, 6);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.csv|DIR", description = "Labelled texts.")
  private Path data;

  @Option(
      names = "--text",
      defaultValue = "",
      paramLabel = "COL",
      description = "Column of the texts (default: the first).")
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
      description = "What a symbol is: char, byte or word (default: char).")
  private String unit;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "Columns of the embedding (default: as many as --hidden).")
  private Integer embedding;

  @Option(
      names = "--pooling",
      defaultValue = "last",
      paramLabel = "NAME",
      description = "How a text's states become one: last, mean or max (default: last).")
  private Pooling pooling;

  @Option(
      names = "--label-smoothing",
      defaultValue = "0",
      paramLabel = "E",
      description = "Share of the target spread over all labels (default: 0).")
  private double labelSmoothing;

  @Mixin private TrainingOptions options;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TrainingPlan plan = options.plan(DEFAULTS);
    var recurrent = options.recurrent(DEFAULTS);
    ClassifyTask task =
        new ClassifyTask(
            Unit.named(Choice.of("--unit", unit, List.of("char", "byte", "word"))),
            embedding == null
                ? recurrent.hidden()
                : Choice.positive("--embedding", embedding, "64"),
            pooling,
            Choice.share("--label-smoothing", labelSmoothing, "0.1"),
            ClassifyTask.SHARES,
            options.batch(),
            recurrent);
    LabelledTexts texts = TextsFrom.read(data, text, label);
    Prepared<TrainedClassifier> prepared = task.prepare(texts, options.seed());
    TrainedClassifier trained = prepared.trained();
    Path folder = options.out("classifier", data);
    Map<String, Object> provenance =
        Files.isDirectory(data)
            ? Map.of(data.toString(), texts.texts().size() + " texts")
            : DataFile.provenance(List.of(data));
    Map<String, Object> settings = new LinkedHashMap<>(options.settings(plan));
    TrainingRun run = new TrainingRun(options.saves(folder), plan, settings, provenance, out);
    run.run(prepared);
    Split split = task.split(texts, trained.labels(), options.seed());
    ClassResults results =
        ClassResults.of(trained, texts.part(split.training()), texts.part(split.test()));
    results.print(out);
    out.printf("%nModel: %s%nNext: elman predict %s --data FILE.csv%n", folder, folder);
    ReportFile.write(options.report(), run.report(), results.report());
    return 0;
  }
}
