package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.tasks.Forecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's program is the example's, and it runs. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void programInReadmeIsTheExample() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String example =
        Files.readString(Path.of("src/main/java/dev/elman/examples/ForecastFromJava.java"));
    String region =
        example.substring(
            example.indexOf("// begin README") + 16, example.indexOf("// end README"));
    String program = region.lines().map(String::strip).collect(Collectors.joining(" ")).strip();
    String inReadme = readme.lines().map(String::strip).collect(Collectors.joining(" "));
    assertThat(inReadme).contains(program);
  }

  @Test
  void programRuns(@TempDir Path folder) {
    Forecast forecast =
        ForecastFromJava.run(
            Path.of("data/seattle-weather.csv"), "temp_max", folder.resolve("model"), 1);
    assertThat(forecast.labels()).first().isEqualTo("2016-01-01");
    assertThat(forecast.rows()).hasDimensions(7, 1);
    assertThat(forecast.rows()[0][0]).isBetween(-5f, 20f);
  }
}
