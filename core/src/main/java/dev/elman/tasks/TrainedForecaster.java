package dev.elman.tasks;

import dev.elman.encoding.Scaler;
import dev.elman.models.Forecaster;
import java.util.List;

/**
 * A forecaster, the columns that it reads and how they are scaled.
 *
 * @param model the network
 * @param columns names of the D inputs; the targets are among them
 * @param time the column with dates, of which calendar columns are made; empty where there is none
 * @param scaler of all inputs
 * @param history T, rows that are read for a forecast
 * @param seasons for each target the best season of the seasonal naive forecast on the training
 *     part, in rows
 */
public record TrainedForecaster(
    Forecaster model,
    List<String> columns,
    String time,
    Scaler scaler,
    int history,
    List<Integer> seasons)
    implements Trained {
  /** Copies the names. */
  public TrainedForecaster {
    columns = List.copyOf(columns);
    seasons = List.copyOf(seasons);
  }

  /** Names of the K target columns. */
  public List<String> targets() {
    return model.settings().targets().stream().map(columns::get).toList();
  }

  /** Names of the columns that stand in the table itself: the inputs without the calendar's. */
  public List<String> fromTable() {
    return columns.stream().filter(name -> !Series.isCalendar(name, time)).toList();
  }
}
