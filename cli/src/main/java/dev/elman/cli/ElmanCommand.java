package dev.elman.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code elman}: what all its verbs have in common. */
@Command(
    name = "elman",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Recurrent neural networks for the JVM: train, inspect, use.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  elman train forecaster weather.csv --target temp_max",
      "  elman predict models/forecaster-weather --data weather.csv --plot next.png",
      "  elman train language-model book.txt",
      "  elman generate models/language-model-book --prompt \"Call me\"",
      "  elman train classifier names.csv --text name --label language",
      "  elman help train        lists the tasks; add --help to any command for its options",
      "",
      "Exit code: 0 done, 1 failed, 2 wrong usage."
    },
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      GenerateCommand.class,
      InspectCommand.class,
      ConvertCommand.class,
      BenchCommand.class,
      ExampleCommand.class,
      CommandLine.HelpCommand.class
    })
final class ElmanCommand {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "On failure, print the stack trace too.")
  private boolean verbose;

  /** How the launcher was called, to name further commands by. */
  static String called() {
    return System.getProperty("elman.command", "elman");
  }

  /** Runs a command line and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    ElmanCommand root = new ElmanCommand();
    CommandLine line = new CommandLine(root);
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures(() -> root.verbose));
    line.setParameterExceptionHandler(Failures::wrongUsage);
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      return Failures.outOfMemory(line.getErr());
    }
  }
}
