package dev.elman.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A live process that answers requests as {@link BenchRequests} does, Elman's or another's. */
final class LiveEngine implements Closeable {
  private static final String OUT_OF_MEMORY = "memory that Java may use"; // as the command says

  private final String command;
  private final Path complaints;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter requests;
  private final String name;

  /** Starts a command of the shell, in which THREADS stands for the number of threads. */
  LiveEngine(String command, String threads) throws IOException, InterruptedException {
    this("", command, threads);
  }

  /** The same; what it calls itself follows the prefix. */
  LiveEngine(String prefix, String command, String threads)
      throws IOException, InterruptedException {
    this.command = command.replace("THREADS", threads);
    complaints = Files.createTempFile("engine", ".txt");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", "exec " + this.command);
    builder.environment().put("OMP_NUM_THREADS", threads);
    process = builder.redirectError(complaints.toFile()).start();
    answers = process.inputReader();
    requests = process.outputWriter();
    name = prefix + answer("its name");
  }

  /** What it calls itself, after its prefix. */
  String name() {
    return name;
  }

  /** The amount of one run; 0 where this is not done. */
  double prepare(String mode, String shape) throws IOException, InterruptedException {
    String answer = ask("prepare " + mode + " " + shape);
    return answer.startsWith("ready ")
        ? Double.parseDouble(answer.substring("ready ".length()))
        : 0;
  }

  /** Microseconds of one run, in one repetition. */
  double go() throws IOException, InterruptedException {
    return Double.parseDouble(ask("go"));
  }

  /** The most bytes it has held in memory so far, as Linux tells ({@code VmHWM}); else NaN. */
  double peak() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
        }
      }
    }
    return Double.NaN;
  }

  private String ask(String request) throws IOException, InterruptedException {
    try {
      requests.write(request + "\n");
      requests.flush();
    } catch (IOException e) {
      throw failed("when asked '" + request + "'", e);
    }
    return answer("'" + request + "'");
  }

  private String answer(String asked) throws IOException, InterruptedException {
    String answer = answers.readLine();
    if (answer == null) {
      throw failed("when asked " + asked, null);
    }
    if (answer.startsWith("error")) {
      throw failed("when asked " + asked + ", after '" + answer + "'", null);
    }
    return answer;
  }

  private EngineException failed(String when, IOException cause)
      throws IOException, InterruptedException {
    int code = process.waitFor();
    String complained = Files.readString(complaints);
    Files.delete(complaints);
    return new EngineException(
        String.format(
            "%s%nended with exit code %d %s. It complained:%n%s", command, code, when, complained),
        complained.contains(OUT_OF_MEMORY),
        cause);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.deleteIfExists(complaints);
  }
}
