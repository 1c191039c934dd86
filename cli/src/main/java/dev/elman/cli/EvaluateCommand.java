package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.checkpoints.SavedModel;
import dev.elman.csv.CsvFile;
import dev.elman.data.MissingPolicy;
import dev.elman.data.TextFile;
import dev.elman.kernels.Threads;
import dev.elman.tasks.ForecastTest;
import dev.elman.tasks.Labelled;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedLanguageModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measure a model on data, all of it: give data that it was not trained on.",
      "A table needs the columns the model was trained on, a text its symbols, a folder its labels."
    },
    footer = {
      "",
      "Examples:",
      "  elman evaluate models/forecaster-weather --data weather-2026.csv",
      "  elman evaluate models/classifier-gestures --data gestures-of-others/"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of the model.")
  private Path folder;

  @Option(names = "--data", required = true, paramLabel = "FILE|DIR", description = "The data.")
  private Path data;

  @Option(
      names = "--missing",
      defaultValue = "refuse",
      paramLabel = "POLICY",
      description = "What to do with missing cells (default: refuse).")
  private MissingPolicy missing;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Default: all cores. The result does not depend on it.")
  private Integer threads;

  @Option(names = "--report", paramLabel = "FILE.json", description = "Write all metrics there.")
  private Path report;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (report != null) {
      AtomicFile.requireWritable(report); // before the work
    }
    SavedModel saved = SavedModel.read(Choice.model(folder, data));
    try (Threads several = Choice.threads(threads)) {
      ReportFile.write(report, saved.provenance(), results(saved.trained(), several, out));
    }
    return 0;
  }

  private Map<String, Object> results(Trained trained, Threads several, PrintWriter out) {
    if (trained instanceof TrainedForecaster forecaster) {
      ForecastTest test =
          ForecastTest.of(forecaster, CsvFile.read(data), missing, forecaster.history(), several);
      ForecastResults results = new ForecastResults(test);
      results.print(out);
      return results.report();
    }
    if (trained instanceof TrainedLanguageModel text) {
      TextResults results = TextResults.of(text, "", data.toString(), TextFile.read(data), several);
      results.print(out);
      return results.report();
    }
    TrainedClassifier classifier = (TrainedClassifier) trained;
    Labelled labelled = new SequencesFrom(data, missing).labelledFor(classifier);
    ClassResults results = ClassResults.of(classifier, Optional.empty(), labelled, several);
    results.print(out);
    return results.report();
  }
}
