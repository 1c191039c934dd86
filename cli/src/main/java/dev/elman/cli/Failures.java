package dev.elman.cli;

import dev.elman.data.DataException;
import dev.elman.training.DivergenceException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

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

  private static String message(Exception failure) {
    boolean explained =
        failure instanceof DataException
            || failure instanceof DivergenceException
            || failure instanceof IllegalArgumentException
            || failure instanceof UncheckedIOException;
    return explained
        ? failure.getMessage()
        : "Unexpected failure: "
            + failure
            + ".\n"
            + "Likely cause: a fault in Elman itself.\n"
            + "Cure: run again with --verbose and report what it prints.";
  }
}
