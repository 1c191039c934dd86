package dev.elman.tasks;

import dev.elman.baselines.SeasonChoice;
import dev.elman.batches.Split;
import dev.elman.batches.WindowSource;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.encoding.Scaler;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Forecaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Forecasting a series: what is asked for, and how a table becomes windows.
 *
 * @param targets columns to forecast
 * @param inputs columns to read; empty for all columns of numbers
 * @param time the date column; empty for the first column of dates, if there is one
 * @param history T, rows that are read
 * @param horizon rows that are forecast
 * @param quantiles of each forecast; none for point forecasts
 * @param missing what to do with missing cells
 * @param shares of the last rows that validate and test
 * @param batch B
 * @param recurrent the network
 */
public record ForecastTask(
    List<String> targets,
    List<String> inputs,
    String time,
    int history,
    int horizon,
    List<Double> quantiles,
    MissingPolicy missing,
    Split.Shares shares,
    int batch,
    RecurrentStack recurrent) {

  /** The last quarter of the rows tests, the 15 % before it validate. */
  public static final Split.Shares SHARES = new Split.Shares(0.15, 0.25);

  /** Point forecasts of some columns, 7 rows ahead from 30, by one LSTM layer of 64 units. */
  public static ForecastTask of(String... targets) {
    return new ForecastTask(
        List.of(targets),
        List.of(),
        "",
        30,
        7,
        List.of(),
        MissingPolicy.REFUSE,
        SHARES,
        32,
        RecurrentStack.DEFAULTS);
  }

  /**
   * Reads the table, fits the scaler on the training part and makes an untrained model.
   *
   * @throws DataException when the table cannot be learned from
   */
  public Prepared<TrainedForecaster> prepare(Table table, long seed) {
    if (targets.stream().allMatch(String::isBlank)) {
      throw new DataException(
          "at least one column to forecast",
          "none",
          "--target is missing",
          "name one of " + String.join(", ", table.numberColumns()) + " with --target");
    }
    if (Set.copyOf(targets).size() < targets.size()) {
      throw new DataException(
          "each column to forecast once",
          String.join(", ", targets),
          "a name was written twice",
          "name each column once with --target");
    }
    String dates = dates(table);
    if (targets.contains(dates)) {
      throw new DataException(
          "columns of numbers to forecast",
          "'" + dates + "', the column of dates",
          "another column was meant",
          "choose another --target, one of " + String.join(", ", table.numberColumns()));
    }
    List<String> names = new ArrayList<>(read(table));
    if (!dates.isEmpty()) {
      names.addAll(Calendar.names(dates, Calendar.hasTimes(Calendar.dates(table, dates))));
    }
    int ahead = shares.validationStart(table.rows());
    Series series = Series.read(table, names, dates, missing, ahead);
    requireLength(table, series.rows());
    int validation = shares.validationStart(series.rows());
    Scaler scaler = Scaler.fit(names, series.columns(), Math.max(1, validation));
    List<Integer> targetColumns = targets.stream().map(names::indexOf).toList();
    Forecaster.Settings settings =
        new Forecaster.Settings(names.size(), targetColumns, horizon, quantiles, recurrent);
    TrainedForecaster trained =
        new TrainedForecaster(
            new Forecaster(settings, seed),
            names,
            dates,
            scaler,
            history,
            seasons(series, targetColumns, validation));
    int test = shares.testStart(series.rows());
    return new Prepared<>(
        trained,
        windows(trained, series, 0, validation, batch),
        windows(trained, series, validation, test, batch));
  }

  /** What whoever trains on a table should know of its time: missing rows, dates not understood. */
  public List<String> notes(Table table) {
    String dates = dates(table);
    return dates.isEmpty()
        ? Calendar.unread(table)
        : Gaps.notes(dates, Calendar.dates(table, dates));
  }

  private String dates(Table table) {
    return time.isEmpty() ? Calendar.find(table) : time;
  }

  /** Each part needs room for a horizon, and the training part for a history before it. */
  private void requireLength(Table table, int rows) {
    int shortest = Math.min(rows - shares.testStart(rows), shares.validationStart(rows) - history);
    int middle = shares.testStart(rows) - shares.validationStart(rows);
    if (Math.min(shortest, middle) < horizon) {
      throw new DataException(
          "a series long enough for a history of "
              + history
              + " and a horizon of "
              + horizon
              + " rows in each of its three parts",
          rows + " rows in " + table.source(),
          "the file is a sample, or the history or the horizon is long for it",
          "use a smaller --history or --horizon, or a longer series");
    }
  }

  /** For each target the season whose repetition serves the training part best. */
  private List<Integer> seasons(Series series, List<Integer> columns, int rows) {
    List<Integer> seasons = new ArrayList<>();
    for (int column : columns) {
      float[] training = Arrays.copyOf(series.columns().get(column), rows);
      List<Integer> fitting =
          SeasonChoice.CANDIDATES.stream().filter(c -> 2 * c + horizon <= rows).toList();
      SeasonChoice choice =
          fitting.isEmpty()
              ? SeasonChoice.of(training, horizon)
              : SeasonChoice.of(training, horizon, fitting);
      seasons.add(choice.best().season());
    }
    return seasons;
  }

  private Set<String> read(Table table) {
    Set<String> names = new LinkedHashSet<>(targets);
    names.addAll(inputs.isEmpty() ? table.numberColumns() : inputs);
    return names;
  }

  /** Windows whose horizon lies in rows {@code from} to {@code to - 1}. */
  static WindowSource windows(
      TrainedForecaster trained, Series series, int from, int to, int batch) {
    Forecaster.Settings settings = trained.model().settings();
    WindowSource.Windows windows =
        new WindowSource.Windows(
            settings.inputs(), settings.targets(), trained.history(), settings.horizon());
    return new WindowSource(trained.scaler().rows(series.columns()), windows, from, to, batch);
  }
}
