package dev.elman.cli;

import java.io.PrintWriter;

/** Starts the command line and ends the process with its exit code. */
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int exit = ElmanCommand.run(out, err, args);
    out.flush();
    err.flush();
    System.exit(exit);
  }
}
