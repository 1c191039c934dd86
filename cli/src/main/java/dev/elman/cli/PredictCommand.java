package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.checkpoints.SavedModel;
import dev.elman.csv.CsvFile;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.generation.BeamSearch;
import dev.elman.kernels.Threads;
import dev.elman.tasks.ClassifyTask;
import dev.elman.tasks.Forecast;
import dev.elman.tasks.Sequences;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.Translation;
import dev.elman.tasks.TranslationTest;
import dev.elman.tasks.Translator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman predict}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Use a forecaster, a classifier or a translator.",
      "A forecaster goes on where the table ends; a classifier labels each row, or each CSV file of"
          + " a folder if it was trained on such files; a translator adds a column to a"
          + " table, or translates one text."
    },
    footer = {
      "",
      "Examples:",
      "  elman predict models/forecaster-weather --data weather.csv --plot next-week.png",
      "  elman predict models/classifier-names --data names.csv --out labelled.csv",
      "  elman predict models/classifier-gestures --data new-gestures/",
      "  elman predict models/translator-words --text hello --beam 5 --n-best 3"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of the model.")
  private Path folder;

  @ArgGroup(multiplicity = "1")
  private Given given;

  /** What is predicted from: one of both. */
  static final class Given {
    @Option(names = "--data", paramLabel = "FILE.csv|DIR", description = "The data.")
    private Path data;

    @Option(
        names = "--text",
        paramLabel = "TEXT",
        description = "Instead of data: a text for a translator.")
    private String text;
  }

  @Mixin private SearchOptions search;

  @Option(
      names = "--missing",
      defaultValue = "refuse",
      paramLabel = "POLICY",
      description = "What to do with missing cells (default: refuse).")
  private MissingPolicy missing;

  @Option(names = "--out", paramLabel = "FILE.csv", description = "Write the predictions there.")
  private Path file;

  @Option(
      names = "--plot",
      paramLabel = "FILE.png|svg",
      description = "Draw the end of the series and the forecast.")
  private Path plot;

  @Override
  public Integer call() {
    if (plot != null) {
      AtomicFile.requireWritable(Choice.picture(plot)); // before the work
    }
    if (file != null) {
      AtomicFile.requireWritable(file);
    }
    Path data = given.data;
    Trained trained = SavedModel.read(data == null ? folder : Choice.model(folder, data)).trained();
    if (trained instanceof TrainedTranslator translator) {
      translate(translator);
      return 0;
    }
    if (data == null) {
      throw new DataException(
          "a translator in " + folder + " for --text",
          "a " + trained.model().task(),
          "the folder is another model's",
          "name a file with --data");
    }
    if (trained instanceof TrainedForecaster forecaster) {
      forecast(forecaster, data);
    } else if (trained instanceof TrainedClassifier classifier) {
      classify(classifier, data);
    } else {
      throw new DataException(
          "a forecaster, a classifier or a translator in " + folder,
          "a " + trained.model().task(),
          "the folder is another model's",
          "use elman generate with a model of language or of sequences");
    }
    return 0;
  }

  private void forecast(TrainedForecaster forecaster, Path data) {
    Forecast forecast = Forecast.of(forecaster, CsvFile.read(data), missing);
    List<String> header = new ArrayList<>();
    header.add(forecaster.time().isEmpty() ? "row" : forecaster.time());
    header.addAll(forecast.columns());
    List<List<String>> rows = new ArrayList<>();
    int[] decimals = decimals(forecast.rows());
    for (int h = 0; h < forecast.rows().length; h++) {
      List<String> row = new ArrayList<>();
      row.add(forecast.labels().get(h));
      for (int k = 0; k < decimals.length; k++) {
        float number = forecast.rows()[h][k];
        row.add(
            file == null
                ? String.format(Locale.ROOT, "%." + decimals[k] + "f", number)
                : Float.toString(number));
      }
      rows.add(row);
    }
    show(header, rows);
    if (plot != null) {
      ForecastChart.save(forecast, plot);
      spec.commandLine().getOut().println("Picture: " + plot);
    }
  }

  /** For each column as many decimals as give its largest number five digits. */
  private static int[] decimals(float[][] rows) {
    int[] decimals = new int[rows[0].length];
    for (int k = 0; k < decimals.length; k++) {
      double largest = 0;
      for (float[] row : rows) {
        largest = Math.max(largest, Math.abs(row[k]));
      }
      int digits = largest == 0 ? 1 : 1 + (int) Math.floor(Math.log10(largest));
      decimals[k] = Math.max(0, Math.min(12, 5 - digits));
    }
    return decimals;
  }

  private void classify(TrainedClassifier classifier, Path data) {
    Sequences sequences = new SequencesFrom(data, missing).unlabelledFor(classifier);
    float[][] logits;
    try (Threads threads = Choice.threads(null)) {
      logits = ClassifyTask.predict(classifier, sequences, threads);
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      int best = ClassResults.largest(logits[i]);
      rows.add(
          List.of(
              sequences.names().get(i),
              classifier.labels().names().get(best),
              String.format(Locale.ROOT, "%.3f", probability(logits[i], best))));
    }
    show(List.of(sequences.heading(), "label", "probability"), rows);
  }

  /** A text, or a column of a table, which gets another one beside its own. */
  private void translate(TrainedTranslator trained) {
    BeamSearch beam = search.beam();
    if (given.text != null) {
      TranslationResults.warnOfUnknown(trained, given.text, spec.commandLine().getErr());
      List<List<String>> rows = new ArrayList<>();
      for (Translation found : new Translator(trained).translate(given.text, beam)) {
        rows.add(List.of(found.text(), String.format(Locale.ROOT, "%.3f", found.logProbability())));
      }
      show(List.of(trained.target().column(), "log P"), rows);
      return;
    }
    Table table = CsvFile.read(given.data);
    List<String> texts = table.text(trained.source().column());
    String[] written;
    try (Threads threads = Choice.threads(null)) {
      written = TranslationTest.translate(trained, texts, beam.withBest(1), threads);
    }
    List<String> header = new ArrayList<>(table.columns());
    String own = trained.target().column();
    header.add(header.contains(own) ? own + " of the model" : own);
    List<List<String>> columns = table.columns().stream().map(table::text).toList();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < written.length; i++) {
      List<String> row = new ArrayList<>();
      for (List<String> column : columns) {
        row.add(column.get(i));
      }
      row.add(written[i]);
      rows.add(row);
    }
    show(header, rows);
  }

  private static double probability(float[] logits, int of) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - logits[of]);
    }
    return 1 / sum;
  }

  private void show(List<String> header, List<List<String>> rows) {
    PrintWriter out = spec.commandLine().getOut();
    if (file == null) {
      TextTable table = new TextTable(header.toArray(new String[0]));
      rows.forEach(row -> table.row(0, row.toArray()));
      out.print(table);
    } else {
      CsvFile.write(file, header, rows);
      out.println("Predictions: " + file);
    }
  }
}
