package dev.elman.examples;

import dev.elman.checkpoints.SavedModel;
import dev.elman.csv.CsvFile;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.models.Forecaster;
import dev.elman.sessions.Session;
import dev.elman.tasks.Series;
import dev.elman.tasks.TrainedForecaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A series that comes in row by row, as a sensor gives it: each row is read once and answered with
 * a forecast, the state goes into a file of some hundred bytes, and the next process goes on from
 * it.
 *
 * <p>Run it again and again with the same arguments: a file, a column to forecast and a folder for
 * the model. The first run trains; each goes on where the one before stopped.
 */
public final class StreamForecasts {
  private final TrainedForecaster trained;
  private final float[] rows; // [N, D], scaled, one handed out after the other
  private final int columns; // D
  private final int target; // the column that is forecast
  private Session session;

  private StreamForecasts(TrainedForecaster trained, Table table) {
    this.trained = trained;
    Series series = Series.of(trained, table, MissingPolicy.REFUSE);
    rows = trained.scaler().rows(series.columns());
    columns = trained.columns().size();
    target = trained.model().settings().targets().get(0);
    session = Session.of(trained.model());
  }

  /** Arguments: a CSV file, a column to forecast, and a folder for the model. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Path folder = Path.of(args[2]);
    if (Files.notExists(folder)) {
      ForecastFromJava.run(file, args[1], folder, 10);
    }
    System.out.print(run(file, folder, 300));
  }

  /** Reads the next rows of a file and says what the forecasts were worth. */
  static String run(Path file, Path folder, int count) throws IOException {
    TrainedForecaster trained = (TrainedForecaster) SavedModel.read(folder).trained();
    StreamForecasts stream = new StreamForecasts(trained, CsvFile.read(file));
    Path state = folder.resolveSibling(folder.getFileName() + ".state");
    if (Files.exists(state)) {
      stream.session = Session.read(trained.model(), Files.readAllBytes(state));
    }
    String report = stream.read(count) + stream.futures();
    Files.write(state, stream.session.toBytes());
    return report;
  }

  private String read(int count) {
    long from = session.steps();
    double error = 0;
    double repeating = 0;
    int compared = 0;
    while (session.steps() < Math.min(from + count, rows.length / columns - 1)) {
      int row = (int) session.steps();
      float next = forecast(session.step(row(row)));
      error += Math.abs(next - value(row + 1));
      repeating += Math.abs(value(row) - value(row + 1));
      compared++;
    }
    return String.format(
        Locale.ROOT,
        "rows %d to %d: the next %s is forecast with a mean error of %.2f; repeating the last:"
            + " %.2f%n",
        from + 1,
        session.steps(),
        trained.columns().get(target),
        error / compared,
        repeating / compared);
  }

  /**
   * What would come after a next row that is higher or lower by one deviation, and all else equal.
   */
  private String futures() {
    StringBuilder report = new StringBuilder();
    int row = (int) session.steps();
    for (float change : new float[] {-1, 1}) {
      float[] supposed = row(row - 1);
      supposed[target] += change;
      Session future = session.fork(); // the stream itself stays where it is
      report.append(
          String.format(
              Locale.ROOT,
              "if row %d had %.1f, the one after it would have %.1f%n",
              row + 1,
              trained.scaler().unscale(target, supposed[target]),
              forecast(future.step(supposed))));
    }
    return report.toString();
  }

  /** The first step of a forecast. */
  private float forecast(float[] prediction) {
    Forecaster.Settings settings = trained.model().settings();
    return trained.scaler().unscale(target, prediction[settings.levels() / 2]);
  }

  private float value(int row) {
    return trained.scaler().unscale(target, rows[row * columns + target]);
  }

  private float[] row(int row) {
    return Arrays.copyOfRange(rows, row * columns, (row + 1) * columns);
  }
}
