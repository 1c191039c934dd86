package dev.elman.cli;

/** Starts the command line and ends the process with its exit code. */
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    System.exit(ElmanCommand.run(args));
  }
}
