package dev.elman.cli;

import dev.elman.csv.CsvFile;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.kernels.Threads;
import dev.elman.tasks.ForecastTask;
import dev.elman.tasks.ForecastTest;
import dev.elman.tasks.Prepared;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.training.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman train forecaster}. */
@Command(
    name = "forecaster",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn to forecast columns of a table of numbers, row after row in time.",
      "The first 60 %% of the rows are learned from, the next 15 %% choose the best weights, and "
          + "the last 25 %% test the result, beside two floors: repeating the last value, and "
          + "repeating the best season."
    },
    footer = {
      "",
      "Examples:",
      "  elman train forecaster weather.csv --target temp_max",
      "  elman train forecaster weather.csv --target temp_max,temp_min --history 60 --horizon 14",
      "  elman train forecaster load.csv --target MW --quantiles 0.1,0.5,0.9 --cell gru"
    })
final class TrainForecaster implements Callable<Integer> {
  static final TrainingOptions.Defaults DEFAULTS =
      new TrainingOptions.Defaults(64, 0.1, 30, 0.001, 8);

  private CommandSpec spec;

  @Parameters(paramLabel = "FILE.csv", description = "A table with a header line.")
  private Path file;

  @Option(names = "--target", split = ",", paramLabel = "COL", description = "Columns to forecast.")
  private List<String> targets = List.of();

  @Option(
      names = "--inputs",
      split = ",",
      paramLabel = "COL",
      description = "Columns to read (default: all columns of numbers).")
  private List<String> inputs = List.of();

  @Option(
      names = "--time",
      defaultValue = "",
      paramLabel = "COL",
      description =
          "Column of dates (default: the first one there is): gives the time of year. Written as "
              + "2026-01-31, 31.1.2026, 1/31/2026 or 31/1/2026, with or without a time.")
  private String time;

  @Option(
      names = "--history",
      defaultValue = "30",
      paramLabel = "T",
      description = "Rows that are read for a forecast (default: 30).")
  private int history;

  @Option(
      names = "--horizon",
      defaultValue = "7",
      paramLabel = "N",
      description = "Rows that are forecast (default: 7).")
  private int horizon;

  @Option(
      names = "--quantiles",
      split = ",",
      paramLabel = "Q",
      description = "Forecast these quantiles, such as 0.1,0.5,0.9, instead of points.")
  private List<Double> quantiles = List.of();

  @Option(
      names = "--missing",
      defaultValue = "refuse",
      paramLabel = "POLICY",
      description =
          "What to do with missing cells: refuse, drop, forward_fill, interpolate (default: "
              + "refuse). Rows after those learned from are only filled from earlier ones.")
  private MissingPolicy missing;

  @Mixin private TrainingOptions options;

  @Spec
  void spec(CommandSpec mine) {
    spec = mine.resourceBundle(TrainingOptions.Defaults.inHelp(DEFAULTS, DEFAULTS));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TrainingPlan plan = options.plan(DEFAULTS);
    ForecastTask task =
        new ForecastTask(
            targets,
            inputs,
            time,
            Choice.positive("--history", history, "30"),
            Choice.positive("--horizon", horizon, "7"),
            Choice.quantiles(quantiles),
            missing,
            ForecastTask.SHARES,
            options.batch(),
            options.recurrent(DEFAULTS));
    Table table = CsvFile.read(file);
    Prepared<TrainedForecaster> prepared = task.prepare(table, options.seed());
    task.notes(table).forEach(note -> out.println("Note: " + note));
    Path folder = options.out("forecaster", file);
    Map<String, Object> data = DataFile.provenance(List.of(file));
    Map<String, Object> settings = new LinkedHashMap<>(options.settings(plan));
    settings.put("missing", missing.name());
    TrainingRun run = new TrainingRun(options.saves(folder), plan, settings, data, out);
    run.run(prepared);
    int from =
        task.shares().testStart(table.complete(missing, prepared.trained().fromTable()).rows());
    ForecastTest test;
    try (Threads threads = new Threads(plan.threads())) {
      test = ForecastTest.of(prepared.trained(), table, missing, from, threads);
    }
    ForecastResults results = new ForecastResults(test);
    results.print(out);
    Path picture = folder.resolve("forecast.png");
    ForecastChart.save(test, picture);
    out.printf("%nModel: %s%nPicture: %s%n", folder, picture);
    out.printf("Next: %s predict %s --data %s%n", ElmanCommand.called(), folder, file);
    ReportFile.write(options.report(), run.report(), results.report());
    return 0;
  }
}
