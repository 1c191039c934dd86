package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.checkpoints.SavedModel;
import dev.elman.csv.CsvFile;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.kernels.Threads;
import dev.elman.tasks.ClassifyTask;
import dev.elman.tasks.Forecast;
import dev.elman.tasks.Sequences;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman predict}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Use a forecaster or a classifier.",
      "A forecaster goes on where the table ends; a classifier labels each row, or each CSV file of"
          + " a folder if it was trained on such files."
    },
    footer = {
      "",
      "Examples:",
      "  elman predict models/forecaster-weather --data weather.csv --plot next-week.png",
      "  elman predict models/classifier-names --data names.csv --out labelled.csv",
      "  elman predict models/classifier-gestures --data new-gestures/"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of the model.")
  private Path folder;

  @Option(names = "--data", required = true, paramLabel = "FILE.csv|DIR", description = "The data.")
  private Path data;

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
    Trained trained = SavedModel.read(Choice.model(folder, data)).trained();
    if (trained instanceof TrainedForecaster forecaster) {
      forecast(forecaster);
    } else if (trained instanceof TrainedClassifier classifier) {
      classify(classifier);
    } else {
      throw new DataException(
          "a forecaster or a classifier in " + folder,
          "a " + trained.model().task(),
          "the folder is another model's",
          "use elman generate with a model of language or of sequences");
    }
    return 0;
  }

  private void forecast(TrainedForecaster forecaster) {
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

  private void classify(TrainedClassifier classifier) {
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
