package dev.elman.examples;

import dev.elman.checkpoints.SavedModel;
import dev.elman.csv.CsvFile;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.tasks.Forecast;
import dev.elman.tasks.ForecastTask;
import dev.elman.tasks.Prepared;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Trains a forecaster, saves it, loads it and forecasts: the whole of it from Java. */
public final class ForecastFromJava {
  private ForecastFromJava() {}

  /** Arguments: a CSV file, a column to forecast, and a folder for the model. */
  public static void main(String[] args) {
    Forecast forecast = run(Path.of(args[0]), args[1], Path.of(args[2]), 10);
    for (int h = 0; h < forecast.rows().length; h++) {
      System.out.println(forecast.labels().get(h) + " " + forecast.rows()[h][0]);
    }
  }

  static Forecast run(Path file, String column, Path folder, int epochs) {
    // begin README
    Table table = CsvFile.read(file);
    Prepared<TrainedForecaster> prepared = ForecastTask.of(column).prepare(table, 1);
    TrainedForecaster forecaster = prepared.trained();
    TrainingPlan plan = TrainingPlan.DEFAULTS.withEpochs(epochs).withThreads(2);
    try (Trainer trainer =
        new Trainer(
            forecaster.model(), plan, prepared.training(), prepared.validation(), List.of())) {
      trainer.run();
    }
    new SavedModel(forecaster, Map.of("made by", "an example")).write(folder);

    TrainedForecaster loaded = (TrainedForecaster) SavedModel.read(folder).trained();
    Forecast forecast = Forecast.of(loaded, table, MissingPolicy.REFUSE);
    // end README
    return forecast;
  }
}
