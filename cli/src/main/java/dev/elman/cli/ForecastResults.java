package dev.elman.cli;

import dev.elman.metrics.Errors;
import dev.elman.metrics.QuantileErrors;
import dev.elman.tasks.ForecastTest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Test results of a forecaster, as tables and for a report. */
record ForecastResults(ForecastTest test) {

  void print(PrintWriter out) {
    for (int k = 0; k < test.targets().size(); k++) {
      print(out, k);
    }
  }

  private void print(PrintWriter out, int k) {
    Errors model = test.model().get(k);
    Errors persistence = test.persistence().get(k);
    Errors seasonal = test.seasonal().get(k);
    boolean middle = test.hasMiddle();
    out.printf(
        Locale.ROOT,
        "%nMean absolute error of %s%s on %d test windows, by steps ahead:%n",
        test.targets().get(k),
        middle ? "" : " (the quantile next to the median)",
        test.windows());
    TextTable table =
        new TextTable("step", "model", "persistence", "season " + test.seasons().get(k));
    for (int h = 0; h < model.horizon(); h++) {
      table.row(3, h + 1, model.step(h).mae(), persistence.step(h).mae(), seasonal.step(h).mae());
    }
    double mine = model.overall().mae();
    double last = persistence.overall().mae();
    double season = seasonal.overall().mae();
    table.row(3, "all", mine, last, season);
    table.row(
        3, "RMSE", model.overall().rmse(), persistence.overall().rmse(), seasonal.overall().rmse());
    out.print(table);
    if (k < test.quantiles().size()) {
      print(out, test.quantiles().get(k));
    }
    if (!middle) {
      out.println(
          "The median is not among the quantiles: judge them by the shares, not by errors.");
      return;
    }
    out.println(verdict("repeating the last value", mine, last));
    out.println(verdict("repeating the season", mine, season));
  }

  private static void print(PrintWriter out, QuantileErrors errors) {
    TextTable table = new TextTable("quantile", "true values at or below it %", "pinball loss");
    for (QuantileErrors.Quantile quantile : errors.quantiles()) {
      table.row(
          3,
          Double.toString(quantile.level()),
          String.format(Locale.ROOT, "%.1f", 100 * quantile.reached()),
          quantile.pinball());
    }
    out.print("\n" + table);
    QuantileErrors.Interval interval = errors.interval();
    if (interval.nominal() > 0) {
      out.printf(
          Locale.ROOT,
          "  %.0f %% intervals hold %.1f %% of the true values; mean width %.2f%n",
          100 * interval.nominal(),
          100 * interval.coverage(),
          interval.width());
    }
  }

  private static String verdict(String floor, double mine, double other) {
    return mine < other
        ? String.format(
            Locale.ROOT, "The model beats %s by %.1f %%.", floor, 100 * (1 - mine / other))
        : String.format(
            Locale.ROOT,
            "The model does NOT beat %s (%.3f against %.3f): do not use it as it is.",
            floor,
            mine,
            other);
  }

  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    for (int k = 0; k < test.targets().size(); k++) {
      Map<String, Object> target = new LinkedHashMap<>();
      target.put("model", errors(test.model().get(k)));
      target.put("persistence", errors(test.persistence().get(k)));
      target.put("seasonal", errors(test.seasonal().get(k)));
      target.put("season", test.seasons().get(k));
      if (k < test.quantiles().size()) {
        target.put("coverage", test.quantiles().get(k).interval().coverage());
        target.put("pinball", test.quantiles().get(k).pinball());
      }
      report.put(test.targets().get(k), target);
    }
    report.put("windows", test.windows());
    return report;
  }

  private static Map<String, Object> errors(Errors errors) {
    List<Double> steps = new ArrayList<>();
    for (int h = 0; h < errors.horizon(); h++) {
      steps.add(errors.step(h).mae());
    }
    return Map.of(
        "mae_by_step", steps, "mae", errors.overall().mae(), "rmse", errors.overall().rmse());
  }
}
