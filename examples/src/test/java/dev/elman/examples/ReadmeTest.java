package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.layers.RecurrentStack;
import dev.elman.models.Forecaster;
import dev.elman.sessions.Session;
import dev.elman.tasks.Forecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's programs are those of the examples and of this test, and they run. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void programInReadmeIsTheExample() throws IOException {
    String program = region("main", "ForecastFromJava", "README");
    assertThat(inOneLine(Files.readString(ROOT.resolve("README.md")))).contains(program);
  }

  @Test
  void sessionInTheDocumentsIsThatOfThisTest() throws IOException {
    String program = region("test", "ReadmeTest", "session");
    for (String file : List.of("README.md", "docs/architectures/sessions.md")) {
      assertThat(inOneLine(Files.readString(ROOT.resolve(file)))).as(file).contains(program);
    }
  }

  @Test
  void sessionRuns() {
    Forecaster model =
        new Forecaster(
            new Forecaster.Settings(2, List.of(0), 3, List.of(), RecurrentStack.DEFAULTS), 1);
    float[] row = {1, 2};
    // begin session
    Session session = Session.of(model);
    float[] prediction = session.step(row);
    byte[] state = session.toBytes();
    Session future = Session.read(model, state).fork();
    // end session
    assertThat(prediction).hasSize(3);
    assertThat(state).hasSizeBetween(100, 999);
    assertThat(future.step(row)).containsExactly(session.step(row));
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

  /** What stands in a source file between the two comments of a name. */
  private static String region(String sources, String type, String name) throws IOException {
    String text =
        Files.readString(Path.of("src", sources, "java/dev/elman/examples", type + ".java"));
    String begin = "// begin " + name + "\n";
    return inOneLine(
        text.substring(text.indexOf(begin) + begin.length(), text.indexOf("// end " + name)));
  }

  private static String inOneLine(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining(" ")).strip();
  }
}
