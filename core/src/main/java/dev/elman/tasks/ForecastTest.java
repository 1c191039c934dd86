package dev.elman.tasks;

import dev.elman.batches.WindowSource;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
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
 * @param season of the seasonal floor, in rows
 * @param model mean absolute error for each target and step
 * @param persistence the same of the last value
 * @param seasonal the same of the last season
 * @param coverage share of true values between the outer quantiles; NaN for point forecasts
 * @param path a forecast of the first step of every window, beside the truth: the picture
 */
public record ForecastTest(
    List<String> targets,
    int windows,
    int season,
    double[][] model,
    double[][] persistence,
    double[][] seasonal,
    double coverage,
    List<Path> path) {
  private static final int[] SEASONS = {7, 12, 24, 30, 48, 52, 60, 96, 144, 168, 288, 336, 365};

  /**
   * The forecasts of one target, as many steps ahead as asked for, beside the truth.
   *
   * @param target its name
   * @param step how many steps ahead, from 1
   * @param labels of the rows
   * @param truth true values
   * @param forecast point forecasts (the middle quantile)
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

  /** Tests a forecaster on rows {@code from} to the last. */
  public static ForecastTest of(
      TrainedForecaster trained, Table table, MissingPolicy missing, int from) {
    Series series = Series.read(table, trained.columns(), trained.time(), missing);
    WindowSource windows = ForecastTask.windows(trained, series, from, series.rows(), 256);
    float[][] forecasts = forecasts(trained, windows);
    List<Integer> targets = trained.model().settings().targets();
    int horizon = trained.model().settings().horizon();
    double[][] model = new double[targets.size()][horizon];
    double[][] persistence = new double[targets.size()][horizon];
    double[][] seasonal = new double[targets.size()][horizon];
    long inside = 0;
    int levels = trained.model().settings().levels();
    for (int i = 0; i < windows.windows(); i++) {
      int row = windows.firstRow(i);
      for (int k = 0; k < targets.size(); k++) {
        float[] truth = series.columns().get(targets.get(k));
        for (int h = 0; h < horizon; h++) {
          int at = (h * targets.size() + k) * levels;
          double share = 1.0 / windows.windows();
          double real = truth[row + h];
          model[k][h] += share * Math.abs(forecasts[i][at + levels / 2] - real);
          persistence[k][h] += share * Math.abs(truth[row - 1] - real);
          int back = seasonalRow(row, h, trained.season());
          seasonal[k][h] += share * Math.abs(truth[back] - real);
          inside += forecasts[i][at] <= real && real <= forecasts[i][at + levels - 1] ? 1 : 0;
        }
      }
    }
    double cells = (double) windows.windows() * targets.size() * horizon;
    return new ForecastTest(
        trained.targets(),
        windows.windows(),
        trained.season(),
        model,
        persistence,
        seasonal,
        levels > 1 ? inside / cells : Double.NaN,
        paths(trained, series, windows, forecasts));
  }

  /** The row one season before step h of a horizon, whole seasons back until it is known. */
  private static int seasonalRow(int firstRow, int h, int season) {
    int back = firstRow + h - season;
    while (back >= firstRow) {
      back -= season;
    }
    return Math.max(back, 0);
  }

  /** Unscaled forecasts {@code [windows][horizon·K·Q]}. */
  private static float[][] forecasts(TrainedForecaster trained, WindowSource windows) {
    List<float[]> rows = new ArrayList<>();
    Evaluation.run(
        trained.model(),
        windows,
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
        double[][] level = new double[levels][n];
        for (int i = 0; i < n; i++) {
          int row = windows.firstRow(i) + h;
          labels.add(series.label(row));
          truth[i] = series.columns().get(targets.get(k))[row];
          for (int q = 0; q < levels; q++) {
            level[q][i] = forecasts[i][(h * targets.size() + k) * levels + q];
          }
        }
        double[] none = new double[0];
        paths.add(
            new Path(
                trained.targets().get(k),
                h + 1,
                labels,
                truth,
                level[levels / 2],
                levels > 1 ? level[0] : none,
                levels > 1 ? level[levels - 1] : none));
      }
    }
    return paths;
  }

  /** The season that serves the training part best: the honest rival is a good one. */
  static int bestSeason(Series series, List<Integer> targets, int rows, int horizon) {
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    int longest = rows / 2;
    for (int season : SEASONS) {
      double error = 0;
      for (int k : targets) {
        float[] column = series.columns().get(k);
        for (int row = longest; row + horizon <= rows; row++) {
          for (int h = 0; h < horizon; h++) {
            error += Math.abs(column[row + h] - column[seasonalRow(row, h, season)]);
          }
        }
      }
      if (season <= longest && error < least) {
        least = error;
        best = season;
      }
    }
    return best;
  }

  /** The mean over all steps of a target. */
  public static double mean(double[] steps) {
    double sum = 0;
    for (double step : steps) {
      sum += step / steps.length;
    }
    return sum;
  }
}
