package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training that is killed with SIGKILL at random moments, and resumed each time, ends with the
 * bytes of one that was not. {@code -Delman.kills=10} kills ten times.
 */
class KilledTrainingTest {
  private static final int KILLS = Integer.getInteger("elman.kills", 3);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"language-model", "classifier"})
  void endsWithTheSameBytes(String task) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("train", task, data(task).toString(), "--hidden", "24", "--dropout", "0.2"));
    command.addAll(List.of("--epochs", "4", "--batch", "16", "--checkpoint-every", "0.3"));
    Path whole = folder.resolve("whole");
    long start = System.nanoTime();
    assertThat(start(command, whole).waitFor()).isZero();
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

    Path killed = folder.resolve("killed");
    command.add("--resume");
    Random random = new Random(KILLS);
    int kills = 0;
    for (int i = 0; i < KILLS; i++) {
      Process process = start(command, killed);
      long moment = (long) (took * (0.2 + 0.6 * random.nextDouble()));
      if (!process.waitFor(moment, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        kills++;
      } else {
        break; // it was resumed so often that it is complete
      }
    }
    assertThat(kills).isPositive();
    if (Files.exists(killed.resolve("training.safetensors"))) {
      assertThat(start(command, killed).waitFor()).isZero();
    }
    assertThat(Files.readAllBytes(killed.resolve("weights.safetensors")))
        .as("after %d kills", kills)
        .isEqualTo(Files.readAllBytes(whole.resolve("weights.safetensors")));
  }

  @Test
  void threadsDoNotChangeTheForecaster() throws IOException {
    byte[] one = null;
    for (int threads = 1; threads <= 3; threads++) {
      Path out = folder.resolve("threads" + threads);
      Cli run =
          Cli.run(
              "train",
              "forecaster",
              Cli.DATA.resolve("seattle-weather.csv"),
              "--target",
              "temp_max",
              "--hidden",
              "9",
              "--epochs",
              "2",
              "--threads",
              threads,
              "--out",
              out);
      assertThat(run.exit()).as(run.err()).isZero();
      byte[] weights = Files.readAllBytes(out.resolve("weights.safetensors"));
      one = one == null ? weights : one;
      assertThat(weights).isEqualTo(one);
    }
  }

  private Path data(String task) throws IOException {
    if (task.equals("classifier")) {
      return Cli.DATA.resolve("names.csv");
    }
    Path text = folder.resolve("text.txt");
    String book = Files.readString(Cli.DATA.resolve("moby-dick.txt"));
    Files.writeString(text, book.substring(0, 120_000));
    return text;
  }

  private static Process start(List<String> command, Path out) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.elman.cli.Main"));
    words.addAll(command);
    words.addAll(Arrays.asList("--out", out.toString()));
    return new ProcessBuilder(words)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
