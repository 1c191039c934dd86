package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The commands in README.md are commands, about files that are there; its first one runs. */
class ReadmeCommandsTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  static List<List<String>> commands() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../README.md"))) {
      if (line.startsWith("./elman ")) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line.substring("./elman ".length()));
        while (matcher.find()) {
          words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        commands.add(words);
      }
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandIsUnderstood(List<String> words) {
    new CommandLine(new ElmanCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(words.toArray(new String[0]));
    words.stream()
        .filter(word -> word.startsWith("examples/"))
        .forEach(word -> assertThat(Path.of("..", word)).exists());
  }

  @Test
  void firstCommandBeatsItsFloors(@TempDir Path folder) throws IOException {
    List<Object> words = new ArrayList<>();
    commands().get(0).forEach(w -> words.add(w.startsWith("examples/") ? "../" + w : w));
    words.addAll(List.of("--out", folder.resolve("model")));
    Cli run = Cli.run(words.toArray());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("The model beats repeating the last value")
        .contains("The model beats repeating the season");
    Cli predict =
        Cli.run(
            "predict", folder.resolve("model"), "--data", "../examples/data/seattle-weather.csv");
    assertThat(predict.out()).contains("2016-01-01", "2016-01-07");
  }
}
