package dev.elman.bench;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lines of a CSV file below what they were written by, on what machine, and their columns. */
final class ResultsFile implements Closeable {
  /** Lines before the results. */
  static final int HEADING = 3;

  private final BufferedWriter lines;

  /** Begins a file, or goes on with one. */
  ResultsFile(Path file, boolean more, String command, String columns)
      throws IOException, InterruptedException {
    boolean begun = more && Files.exists(file);
    lines =
        begun
            ? Files.newBufferedWriter(file, StandardOpenOption.APPEND)
            : Files.newBufferedWriter(file);
    if (!begun) {
      write("# " + command);
      write("# " + machine());
      write(columns);
    }
  }

  /** Writes a line at once, so that what is measured is kept whatever comes. */
  void write(String line) throws IOException {
    lines.write(line + "\n");
    lines.flush();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static String machine() throws IOException, InterruptedException {
    return String.format(
        "%s, %d cores; %s; commit %s",
        output("lscpu | sed -n 's/^Model name: *//p'"),
        Runtime.getRuntime().availableProcessors(),
        output("./elman --version 2>/dev/null | grep '^Java'"),
        output("git rev-parse --short HEAD"));
  }

  private static String output(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream text = process.getInputStream()) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
