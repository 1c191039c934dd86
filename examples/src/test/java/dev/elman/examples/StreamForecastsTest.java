package dev.elman.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamForecastsTest {
  private static final Path DATA = Path.of("data/seattle-weather.csv");

  @Test
  void anotherProcessGoesOnWhereOneStopped(@TempDir Path folder) throws IOException {
    Path one = folder.resolve("one");
    ForecastFromJava.run(DATA, "temp_max", one, 1);
    Path other = folder.resolve("other");
    copy(one, other);
    StreamForecasts.run(DATA, one, 40);
    String atOnce = StreamForecasts.run(DATA, one, 300);
    StreamForecasts.run(DATA, other, 40);
    assertThat(inAnotherProcess(other)).isEqualTo(atOnce);
    assertThat(folder.resolve("other.state"))
        .hasSameBinaryContentAs(folder.resolve("one.state"))
        .hasSize(32 + 4 * 2 * 64);
    assertThat(atOnce)
        .startsWith("rows 41 to 340: the next temp_max is forecast with a mean error of ")
        .contains("if row 341 had ");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static String inAnotherProcess(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StreamForecasts.class.getName(),
                    DATA.toString(),
                    "temp_max",
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
