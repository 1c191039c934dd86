package dev.elman.tasks;

import dev.elman.baselines.NaiveForecast;
import dev.elman.baselines.Persistence;
import dev.elman.baselines.SeasonalNaive;
import dev.elman.batches.WindowSource;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.kernels.Threads;
import dev.elman.metrics.Errors;
import dev.elman.metrics.QuantileErrors;
import dev.elman.models.Forecaster;
import dev.elman.training.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far forecasts are from the truth, step by step, beside two floors: the last value repeated,
 * and the value one season ago repeated.
 *
 * @param targets names of the K targets
 * @param windows how many windows were forecast
 * @param seasons of the seasonal floor of each target, in rows
 * @param model errors of each target
 * @param persistence the same of the last value
 * @param seasonal the same of the last season
 * @param quantiles of each target, over all steps; none for point forecasts
 * @param paths forecasts beside the truth, for each target one step ahead and at the horizon
 */
public record ForecastTest(
    List<String> targets,
    int windows,
    List<Integer> seasons,
    List<Errors> model,
    List<Errors> persistence,
    List<Errors> seasonal,
    List<QuantileErrors> quantiles,
    List<Path> paths) {

  /**
   * The forecasts of one target, as many steps ahead as asked for, beside the truth.
   *
   * @param target its name
   * @param step how many steps ahead, from 1
   * @param labels of the rows
   * @param truth true values
   * @param forecast point forecasts ({@link #middle})
   * @param low lowest quantile; empty for point forecasts
   * @param high highest quantile; empty for point forecasts
   */
  public record Path(
      String target,
      int step,
      List<String> labels,
      double[] truth,
      double[] forecast,
      double[] low,
      double[] high) {}

  /**
   * Tests a forecaster on rows {@code from} to the last; later ones where the seasonal floor needs
   * more rows before them.
   *
   * @param from also the first row that must not help to fill missing cells before it
   */
  public static ForecastTest of(
      TrainedForecaster trained, Table table, MissingPolicy missing, int from, Threads threads) {
    Series series = Series.read(table, trained.columns(), trained.time(), missing, from);
    int horizon = trained.model().settings().horizon();
    int season =
        trained.seasons().stream().mapToInt(s -> new SeasonalNaive(s).lag(horizon)).max().orElse(0);
    WindowSource windows =
        ForecastTask.windows(trained, series, Math.max(from, season), series.rows(), 256);
    float[][] forecasts = forecasts(trained, windows, threads);
    ForecastTest test =
        new ForecastTest(
            trained.targets(),
            windows.windows(),
            trained.seasons(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            paths(trained, series, windows, forecasts));
    for (int k = 0; k < trained.targets().size(); k++) {
      test.add(trained, series, windows, forecasts, k);
    }
    return test;
  }

  /** Whether a forecast's median is known: there are points, or quantiles on both sides of it. */
  public boolean hasMiddle() {
    return quantiles.isEmpty()
        || quantiles.get(0).quantiles().stream().anyMatch(q -> q.level() <= 0.5)
            && quantiles.get(0).quantiles().stream().anyMatch(q -> q.level() >= 0.5);
  }

  /** Adds the errors of target k over all windows. */
  private void add(
      TrainedForecaster trained, Series series, WindowSource source, float[][] forecasts, int k) {
    Forecaster.Settings settings = trained.model().settings();
    int horizon = settings.horizon();
    int levels = settings.levels();
    NaiveForecast last = new Persistence();
    NaiveForecast season = new SeasonalNaive(trained.seasons().get(k));
    Errors ofModel = new Errors(horizon);
    Errors ofLast = new Errors(horizon);
    Errors ofSeason = new Errors(horizon);
    boolean points = settings.quantiles().isEmpty();
    QuantileErrors ofQuantiles = points ? null : new QuantileErrors(settings.quantiles());
    float[] truth = series.columns().get(settings.targets().get(k));
    for (int i = 0; i < source.windows(); i++) {
      int row = source.firstRow(i);
      for (int h = 0; h < horizon; h++) {
        int at = (h * targets.size() + k) * levels;
        ofModel.add(h, truth[row + h], middle(settings.quantiles(), forecasts[i], at));
        if (!points) {
          ofQuantiles.add(truth[row + h], forecasts[i], at);
        }
      }
      ofLast.add(truth, row, last.forecast(truth, row - 1, horizon));
      ofSeason.add(truth, row, season.forecast(truth, row - 1, horizon));
    }
    model.add(ofModel);
    persistence.add(ofLast);
    seasonal.add(ofSeason);
    if (!points) {
      quantiles.add(ofQuantiles);
    }
  }

  /**
   * The median of a forecast: on a straight line between the quantiles around it where it is not
   * among them, and the nearest quantile where they are all on one side.
   *
   * @param quantiles rising; none for a point forecast, which is its own median
   * @param forecasts holds the quantiles side by side
   * @param at where they begin
   */
  public static double middle(List<Double> quantiles, float[] forecasts, int at) {
    int q = 0;
    while (q < quantiles.size() - 1 && quantiles.get(q) < 0.5) {
      q++;
    }
    if (q == 0 || quantiles.get(q) <= 0.5) {
      return forecasts[at + q];
    }
    double below = quantiles.get(q - 1);
    double share = (0.5 - below) / (quantiles.get(q) - below);
    return (1 - share) * forecasts[at + q - 1] + share * forecasts[at + q];
  }

  /** Unscaled forecasts {@code [windows][horizon·K·Q]}. */
  private static float[][] forecasts(
      TrainedForecaster trained, WindowSource windows, Threads threads) {
    List<float[]> rows = new ArrayList<>();
    Evaluation.run(
        trained.model(),
        windows,
        threads,
        (batch, predictions) -> {
          for (int b = 0; b < predictions.rows(); b++) {
            rows.add(unscaled(trained, predictions.value(), b));
          }
        });
    return rows.toArray(new float[0][]);
  }

  /** Row b of predictions in the targets' own units; quantiles sorted, so that none cross. */
  static float[] unscaled(TrainedForecaster trained, float[] predictions, int b) {
    int outputs = trained.model().settings().outputs();
    int levels = trained.model().settings().levels();
    List<Integer> targets = trained.model().settings().targets();
    float[] row = new float[outputs];
    for (int j = 0; j < outputs; j++) {
      int column = targets.get(j / levels % targets.size());
      row[j] = trained.scaler().unscale(column, predictions[b * outputs + j]);
    }
    for (int j = 0; j < outputs; j += levels) {
      Arrays.sort(row, j, j + levels);
    }
    return row;
  }

  private static List<Path> paths(
      TrainedForecaster trained, Series series, WindowSource windows, float[][] forecasts) {
    List<Path> paths = new ArrayList<>();
    List<Integer> targets = trained.model().settings().targets();
    int levels = trained.model().settings().levels();
    int last = trained.model().settings().horizon() - 1;
    for (int k = 0; k < targets.size(); k++) {
      for (int h : last == 0 ? new int[] {0} : new int[] {0, last}) {
        int n = windows.windows();
        List<String> labels = new ArrayList<>();
        double[] truth = new double[n];
        double[] middle = new double[n];
        double[][] level = new double[levels][n];
        for (int i = 0; i < n; i++) {
          int row = windows.firstRow(i) + h;
          labels.add(series.label(row));
          truth[i] = series.columns().get(targets.get(k))[row];
          int at = (h * targets.size() + k) * levels;
          middle[i] = middle(trained.model().settings().quantiles(), forecasts[i], at);
          for (int q = 0; q < levels; q++) {
            level[q][i] = forecasts[i][at + q];
          }
        }
        double[] none = new double[0];
        paths.add(
            new Path(
                trained.targets().get(k),
                h + 1,
                labels,
                truth,
                middle,
                levels > 1 ? level[0] : none,
                levels > 1 ? level[levels - 1] : none));
      }
    }
    return paths;
  }
}
