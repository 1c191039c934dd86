package dev.elman.tasks;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a series goes on after its last row.
 *
 * @param labels of the rows forecast
 * @param columns names of the columns: targets, or targets and their quantiles
 * @param rows numbers {@code [horizon][columns]}
 * @param series what was read
 */
public record Forecast(List<String> labels, List<String> columns, float[][] rows, Series series) {

  /**
   * Forecasts the rows after the last of a table.
   *
   * @throws DataException when the table lacks a column or is shorter than the model's history
   */
  public static Forecast of(TrainedForecaster trained, Table table, MissingPolicy missing) {
    Series series = Series.of(trained, table, missing);
    int history = trained.history();
    if (series.rows() < history) {
      throw new DataException(
          "at least " + history + " rows, the history that the model reads",
          series.rows() + " rows in " + table.source(),
          "the file was cut, or is a sample",
          "give the last " + history + " rows of the series or more");
    }
    int d = trained.columns().size();
    float[] scaled = trained.scaler().rows(series.columns());
    float[] last = Arrays.copyOfRange(scaled, (series.rows() - history) * d, scaled.length);
    Tape tape = Tape.inference(Kernels.get());
    Layer.Output output =
        trained
            .model()
            .forward(
                tape,
                Packing.equal(1, history),
                Values.Numbers.of(d, last),
                trained.model().firstState(tape, 1));
    float[] flat = ForecastTest.unscaled(trained, output.rows().value(), 0);
    int horizon = trained.model().settings().horizon();
    int width = flat.length / horizon;
    float[][] rows = new float[horizon][];
    List<String> labels = new ArrayList<>();
    for (int h = 0; h < horizon; h++) {
      rows[h] = Arrays.copyOfRange(flat, h * width, (h + 1) * width);
      labels.add(series.label(series.rows() + h));
    }
    return new Forecast(labels, names(trained), rows, series);
  }

  private static List<String> names(TrainedForecaster trained) {
    List<String> names = new ArrayList<>();
    List<Double> quantiles = trained.model().settings().quantiles();
    for (String target : trained.targets()) {
      if (quantiles.isEmpty()) {
        names.add(target);
      }
      for (double q : quantiles) {
        names.add(target + "_q" + q);
      }
    }
    return names;
  }
}
