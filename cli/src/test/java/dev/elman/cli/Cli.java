package dev.elman.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * A command that was run within the test.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it complained
 */
record Cli(int exit, String out, String err) {
  static final Path DATA = Path.of("../examples/data");

  static Cli run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = String.valueOf(args[i]);
    }
    int exit = ElmanCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Cli(exit, out.toString(), err.toString());
  }
}
