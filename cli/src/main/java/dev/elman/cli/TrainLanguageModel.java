package dev.elman.cli;

import dev.elman.data.TextFile;
import dev.elman.encoding.Unit;
import dev.elman.kernels.Threads;
import dev.elman.models.LanguageModel;
import dev.elman.tasks.Prepared;
import dev.elman.tasks.TextTask;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.training.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman train language-model}. */
@Command(
    name = "language-model",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn to predict the next symbol of a text, so as to write more of it.",
      "The last tenth of the text is held out: it chooses the best weights, and measures them "
          + "beside n-grams of order 2 to 7 with Witten-Bell smoothing."
    },
    footer = {
      "",
      "Examples:",
      "  elman train language-model book.txt",
      "  elman train language-model *.txt --unit word --hidden 512 --tied",
      "  elman generate models/language-model-book --prompt \"Call me\""
    })
final class TrainLanguageModel implements Callable<Integer> {
  static final TrainingOptions.Defaults DEFAULTS =
      new TrainingOptions.Defaults(256, 0.1, 8, 0.003, 0);

  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Texts in UTF-8.")
  private List<Path> files;

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

  @Option(names = "--tied", description = "Use the embedding's weights for the output, too.")
  private boolean tied;

  @Option(
      names = "--label-smoothing",
      defaultValue = "0",
      paramLabel = "E",
      description = "Share of the target spread over all symbols (default: 0).")
  private double labelSmoothing;

  @Option(
      names = "--bptt",
      defaultValue = "64",
      paramLabel = "STEPS",
      description = "Steps that blame flows back through (default: 64).")
  private int bptt;

  @Option(
      names = "--update-every",
      paramLabel = "STEPS",
      description =
          "Change weights every so many steps, while blame still flows back through --bptt of them:"
              + " --bptt 64 --update-every 16 learns four times as often from the same text, in"
              + " four times the time (default: as --bptt).")
  private Integer updateEvery;

  @Mixin private TrainingOptions options;

  @Spec
  void spec(CommandSpec mine) {
    spec = mine.resourceBundle(TrainingOptions.Defaults.inHelp(DEFAULTS, DEFAULTS));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TrainingPlan plan = options.plan(DEFAULTS);
    var recurrent = options.recurrent(DEFAULTS);
    TextTask task =
        new TextTask(
            Unit.named(Choice.of("--unit", unit, List.of("char", "byte", "word"))),
            embedding == null
                ? tied
                    ? recurrent.build("rnn.", recurrent.hidden(), 0).outputs()
                    : recurrent.hidden()
                : Choice.positive("--embedding", embedding, "64"),
            tied ? LanguageModel.Output.TIED : LanguageModel.Output.OWN,
            Choice.share("--label-smoothing", labelSmoothing, "0.1"),
            TextTask.HELD_OUT,
            options.batch(),
            Choice.positive("--bptt", bptt, "64"),
            updateEvery(),
            recurrent);
    String source = files.stream().map(Path::toString).collect(Collectors.joining(", "));
    String text = files.stream().map(TextFile::read).collect(Collectors.joining("\n"));
    Prepared<TrainedLanguageModel> prepared = task.prepare(source, text, options.seed());
    Path folder = options.out("language-model", files.get(0));
    Map<String, Object> settings = new LinkedHashMap<>(options.settings(plan));
    settings.put("bptt", bptt);
    if (updateEvery() < bptt) {
      settings.put("update_every", updateEvery());
    }
    TrainingRun run =
        new TrainingRun(options.saves(folder), plan, settings, DataFile.provenance(files), out);
    run.run(prepared);
    String[] parts = task.split(text);
    TextResults results;
    try (Threads threads = new Threads(plan.threads())) {
      results = TextResults.of(prepared.trained(), parts[0], source, parts[1], threads);
    }
    results.print(out);
    out.printf("%nModel: %s%nNext: %s generate %s%n", folder, ElmanCommand.called(), folder);
    ReportFile.write(options.report(), run.report(), results.report());
    return 0;
  }

  private int updateEvery() {
    int every = updateEvery == null ? bptt : Choice.positive("--update-every", updateEvery, "16");
    if (every > bptt) {
      throw new IllegalArgumentException(
          "Expected at most --bptt, "
              + bptt
              + ", as --update-every, found "
              + every
              + ".\nLikely cause: the two were swapped; steps between updates that blame does not"
              + " reach would teach nothing.\nCure: try --bptt "
              + every
              + " --update-every "
              + bptt
              + ".");
    }
    return every;
  }
}
