package dev.elman.cli;

import dev.elman.data.DataException;
import dev.elman.data.Nearest;
import dev.elman.training.DivergenceException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into messages and exit codes. */
final class Failures implements IExecutionExceptionHandler {
  private final BooleanSupplier verbose;

  Failures(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    err.println("elman: " + message(failure));
    if (verbose.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return failure instanceof IllegalArgumentException ? 2 : 1;
  }

  /** Adds what can be said without knowing more to a message of another room. */
  private static String inFourParts(String message) {
    String before =
        message.matches("(?s).*\\b[Ee]xpected .*")
            ? ""
            : "Expected options, and numbers in files, within their ranges, found otherwise:\n";
    return message.contains("Likely cause:")
        ? message
        : before
            + message
            + "\nLikely cause: an option, or a number in a file, is out of its range."
            + "\nCure: correct it; add --help to the command for what it may be.";
  }

  /** Says that memory was not enough. */
  static int outOfMemory(PrintWriter err) {
    long most = Runtime.getRuntime().maxMemory() >> 20;
    err.println(
        "elman: Expected to need at most the "
            + most
            + " MB of memory that Java may use, found that more is needed.\n"
            + "Likely cause: the network or the batch is too large for this machine.\n"
            + "Cure: use a smaller --hidden, --layers, --history or --batch, --recompute for long"
            + " sequences, or allow more, as in ELMAN_JVM=-Xmx8g elman ...");
    err.flush();
    return 1;
  }

  /** Says what is wrong with a command line. */
  static int wrongUsage(ParameterException failure, String[] args) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    String found = failure.getMessage().replaceFirst("\\.$", "");
    boolean comma = found.matches("(?s).*'[+-]?\\d*,\\d+' is not a .*");
    err.println(
        "elman: Expected a command line that can be understood, found this: "
            + found
            + ".\nLikely cause: "
            + (comma ? "a decimal comma" : "an option or a value is misspelt or missing")
            + ".\nCure: "
            + (comma ? "write a decimal point, as in 0.5. " : suggestion(failure, line))
            + "All options: "
            + line.getCommandSpec().qualifiedName()
            + " --help");
    err.flush();
    return 2;
  }

  /** Names of options that are near; of commands, all where none is near. */
  private static String suggestion(ParameterException failure, CommandLine line) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return failure.getMessage().startsWith("Missing required subcommand")
          ? "choose one of: " + String.join(", ", line.getSubcommands().keySet()) + ". "
          : "";
    }
    String typed = unmatched.getUnmatched().get(0);
    if (!typed.startsWith("-") && !line.getSubcommands().isEmpty()) {
      String near = Nearest.suggestion(typed, line.getSubcommands().keySet());
      return near + (near.endsWith("?") ? " " : ". ");
    }
    List<String> near = unmatched.getSuggestions();
    return near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
  }

  private static String message(Exception failure) {
    boolean explained =
        failure instanceof DataException
            || failure instanceof DivergenceException
            || failure instanceof IllegalArgumentException
            || failure instanceof UncheckedIOException;
    return explained
        ? inFourParts(failure.getMessage())
        : "Unexpected failure: "
            + failure
            + ".\n"
            + "Likely cause: a fault in Elman itself.\n"
            + "Cure: run again with --verbose and report what it prints.";
  }
}
