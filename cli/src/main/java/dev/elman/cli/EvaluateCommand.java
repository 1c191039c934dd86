package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.checkpoints.SavedModel;
import dev.elman.csv.CsvFile;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.TextFile;
import dev.elman.kernels.Threads;
import dev.elman.tasks.ForecastTest;
import dev.elman.tasks.Labelled;
import dev.elman.tasks.TextPairs;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tasks.TrainedSequenceModel;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.TranslationTest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
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
      "  elman evaluate models/classifier-gestures --data gestures-of-others/",
      "  elman evaluate models/language-model-book --text \"Call me Ishmael.\""
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of the model.")
  private Path folder;

  @ArgGroup(multiplicity = "1")
  private Measured on;

  /** What is measured: one of both. */
  static final class Measured {
    @Option(names = "--data", paramLabel = "FILE|DIR", description = "The data.")
    private Path data;

    @Option(
        names = "--text",
        paramLabel = "TEXT",
        description = "Instead of data: how probable a language model finds this text.")
    private String text;
  }

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
    if (on.text != null) {
      TextProbability probability = TextProbability.of(folder, on.text);
      probability.print(out);
      ReportFile.write(report, Map.of(), probability.report());
      return 0;
    }
    SavedModel saved = SavedModel.read(Choice.model(folder, on.data));
    try (Threads several = Choice.threads(threads)) {
      ReportFile.write(report, saved.provenance(), results(saved.trained(), several, out));
    }
    return 0;
  }

  private Map<String, Object> results(Trained trained, Threads several, PrintWriter out) {
    if (trained instanceof TrainedForecaster forecaster) {
      ForecastTest test =
          ForecastTest.of(
              forecaster, CsvFile.read(on.data), missing, forecaster.history(), several);
      ForecastResults results = new ForecastResults(test);
      results.print(out);
      return results.report();
    }
    if (trained instanceof TrainedLanguageModel text) {
      TextResults results =
          TextResults.of(text, "", on.data.toString(), TextFile.read(on.data), several);
      results.print(out);
      return results.report();
    }
    if (trained instanceof TrainedSequenceModel) {
      throw new DataException(
          "a forecaster, a language model or a classifier in " + folder,
          "a " + trained.model().task(),
          "it was made for use from Java",
          "call SequenceModel.logProbability with the sequences");
    }
    if (trained instanceof TrainedTranslator translator) {
      TextPairs pairs =
          TextPairs.of(
              CsvFile.read(on.data), translator.source().column(), translator.target().column());
      TranslationResults results =
          new TranslationResults(
              TranslationTest.of(translator, Optional.empty(), pairs, several), translator);
      results.print(out);
      return results.report();
    }
    TrainedClassifier classifier = (TrainedClassifier) trained;
    Labelled labelled = new SequencesFrom(on.data, missing).labelledFor(classifier);
    ClassResults results = ClassResults.of(classifier, Optional.empty(), labelled, several);
    results.print(out);
    return results.report();
  }
}
