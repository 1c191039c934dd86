package dev.elman.cli;

import dev.elman.metrics.Errors;
import dev.elman.tasks.Forecast;
import dev.elman.tasks.ForecastTest;
import dev.elman.tasks.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pictures of forecasts: of how a test went, and of how a series goes on. */
final class ForecastChart {
  private static final int MOST_TARGETS = 4;
  private static final int MOST_ROWS = 400; // more than that is a smear at this width
  private static final int FEWEST_KNOWN = 60;

  private ForecastChart() {}

  /**
   * Draws a test, for each of the first four targets two panels: forecasts beside the truth, and
   * mean absolute errors by step beside the floors'.
   *
   * @param file replaced if there; its name says the format, .png or .svg
   * @throws dev.elman.data.DataException when its name ends otherwise
   */
  static void save(ForecastTest test, Path file) {
    PictureFile picture = new PictureFile(file);
    int targets = Math.min(MOST_TARGETS, test.targets().size());
    for (int k = 0; k < targets; k++) {
      picture.add(rows(test, k), targets == 1 ? 540 : 420);
      picture.add(errors(test, k), targets == 1 ? 360 : 320);
    }
    picture.write();
  }

  /**
   * Draws a forecast after the last known rows, a panel for each of the first four targets.
   *
   * @param file replaced if there; its name says the format, .png or .svg
   * @throws dev.elman.data.DataException when its name ends otherwise
   */
  static void save(Forecast forecast, Path file) {
    PictureFile picture = new PictureFile(file);
    List<String> targets =
        forecast.columns().stream().map(c -> target(c, forecast.series())).distinct().toList();
    int drawn = Math.min(MOST_TARGETS, targets.size());
    for (int k = 0; k < drawn; k++) {
      picture.add(continuation(forecast, targets, k), drawn == 1 ? 800 : 420);
    }
    picture.write();
  }

  private static Panel rows(ForecastTest test, int k) {
    List<ForecastTest.Path> paths =
        test.paths().stream().filter(path -> path.target().equals(test.targets().get(k))).toList();
    ForecastTest.Path first = paths.get(0);
    ForecastTest.Path last = paths.get(paths.size() - 1);
    int ahead = last.step() - first.step(); // rows from the first path's start to the last's
    int all = ahead + last.truth().length;
    int from = Math.max(0, all - MOST_ROWS);
    List<String> labels = new ArrayList<>(first.labels().subList(0, ahead));
    labels.addAll(last.labels());
    double[] truth = new double[all];
    System.arraycopy(first.truth(), 0, truth, 0, ahead);
    System.arraycopy(last.truth(), 0, truth, ahead, last.truth().length);
    RowAxis axis = new RowAxis(labels);
    String title =
        String.format(
            "%s: forecasts of the %s, %s",
            first.target(),
            from == 0 ? "test rows" : "last " + MOST_ROWS + " of " + all + " test rows",
            axis.span(from, all));
    Panel panel = new Panel(title, axis.name(), first.target()).rows(axis, from, all);
    String share = share(test, k);
    for (int i = paths.size() - 1; i >= 0; i--) {
      ForecastTest.Path path = paths.get(i);
      int at = path == first ? 0 : ahead;
      int skip = Math.max(0, from - at);
      if (path.low().length > 0) {
        panel.band(
            share + steps(path.step()),
            axis.xs(at + skip, at + path.low().length),
            tail(path.low(), skip),
            tail(path.high(), skip),
            path == first ? Panel.Ink.NEAR : Panel.Ink.FAR);
      }
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      ForecastTest.Path path = paths.get(i);
      int at = path == first ? 0 : ahead;
      int skip = Math.max(0, from - at);
      panel.line(
          "forecast " + steps(path.step()),
          axis.xs(at + skip, at + path.forecast().length),
          tail(path.forecast(), skip),
          path == first ? Panel.Ink.NEAR : Panel.Ink.FAR);
    }
    panel.line("truth", axis.xs(from, all), tail(truth, from), Panel.Ink.TRUTH);
    return panel;
  }

  private static String share(ForecastTest test, int k) {
    return k < test.quantiles().size()
        ? String.format(
            Locale.ROOT, "%.0f %% band ", 100 * test.quantiles().get(k).interval().nominal())
        : "";
  }

  private static String steps(int step) {
    return step == 1 ? "1 step ahead" : step + " steps ahead";
  }

  private static Panel errors(ForecastTest test, int k) {
    double[] model = byStep(test.model().get(k));
    double[] last = byStep(test.persistence().get(k));
    double[] season = byStep(test.seasonal().get(k));
    double[] steps = IntStream.rangeClosed(1, model.length).asDoubleStream().toArray();
    double highest =
        Stream.of(model, last, season).flatMapToDouble(Arrays::stream).max().orElseThrow();
    String title = test.targets().get(k) + ": mean absolute error by steps ahead";
    return new Panel(title, "steps ahead", "mean absolute error")
        .whole(highest)
        .dots(
            "repeating the last season of " + test.seasons().get(k) + " rows",
            steps,
            season,
            Panel.Ink.SEASON)
        .dots("repeating the last value", steps, last, Panel.Ink.LAST)
        .dots("model", steps, model, Panel.Ink.NEAR);
  }

  private static double[] byStep(Errors errors) {
    return IntStream.range(0, errors.horizon()).mapToDouble(h -> errors.step(h).mae()).toArray();
  }

  private static Panel continuation(Forecast forecast, List<String> targets, int k) {
    Series series = forecast.series();
    String target = targets.get(k);
    int horizon = forecast.rows().length;
    int levels = forecast.columns().size() / targets.size();
    int rows = series.rows();
    int from = Math.max(0, rows - Math.max(FEWEST_KNOWN, 4 * horizon));
    RowAxis axis = new RowAxis(IntStream.range(0, rows + horizon).mapToObj(series::label).toList());
    float[] column = series.columns().get(series.names().indexOf(target));
    double[] known = IntStream.range(from, rows).mapToDouble(row -> column[row]).toArray();
    List<Double> quantiles =
        forecast.columns().subList(k * levels, (k + 1) * levels).stream()
            .filter(name -> levels > 1)
            .map(name -> Double.valueOf(name.substring(target.length() + 2)))
            .toList();
    double[] middle = new double[horizon + 1]; // they begin where the known rows end
    middle[0] = column[rows - 1];
    for (int h = 0; h < horizon; h++) {
      middle[h + 1] = ForecastTest.middle(quantiles, forecast.rows()[h], k * levels);
    }
    double[][] level = new double[levels][horizon + 1];
    for (int q = 0; q < levels; q++) {
      level[q][0] = column[rows - 1];
      for (int h = 0; h < horizon; h++) {
        level[q][h + 1] = forecast.rows()[h][k * levels + q];
      }
    }
    String title = target + ": forecast of " + axis.span(rows, rows + horizon);
    Panel panel = new Panel(title, axis.name(), target).rows(axis, from, rows + horizon);
    double[] next = axis.xs(rows - 1, rows + horizon);
    if (levels > 1) {
      String name =
          forecast.columns().get(k * levels).substring(target.length() + 2)
              + " to "
              + forecast.columns().get((k + 1) * levels - 1).substring(target.length() + 2)
              + " quantile";
      panel.band(name, next, level[0], level[levels - 1], Panel.Ink.NEAR);
    }
    panel.line("known", axis.xs(from, rows), known, Panel.Ink.TRUTH);
    panel.line("forecast", next, middle, Panel.Ink.NEAR);
    return panel;
  }

  /** The target of a column of a forecast, which is its name or, with {@code _q0.5}, begins it. */
  private static String target(String column, Series series) {
    return series.names().contains(column) ? column : column.substring(0, column.lastIndexOf("_q"));
  }

  private static double[] tail(double[] values, int from) {
    return Arrays.copyOfRange(values, from, values.length);
  }
}
