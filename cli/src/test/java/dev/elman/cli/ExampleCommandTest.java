package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.examples.Example;
import dev.elman.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

class ExampleCommandTest {
  @TempDir private Path folder;

  static List<String> names() {
    return Examples.all().stream().map(ExampleCommandTest::name).toList();
  }

  private static String name(Example example) {
    return CommandSpec.forAnnotatedObject(example).name();
  }

  @Test
  void listsTheProgramsWithoutAName() {
    CommandRun run = CommandRun.of("example");
    assertThat(run.code()).isZero();
    for (String name : names()) {
      assertThat(run.out()).containsPattern("(?m)^  " + name + " +[A-Z]");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachTellsItsOptionsAndTheirDefaults(String name) {
    CommandRun run = CommandRun.of("example", name, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("Usage: elman example " + name)
        .contains("--seed", "--verbose", "--help")
        .doesNotContain("null");
  }

  @Test
  void showsProgressAndATable() {
    CommandRun run = adding("--epochs 2 --plot DIR/adding.svg");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("gru of 297 parameters, 5 batches an epoch")
        .containsPattern("epoch +2/2 +training loss 0\\.\\d{4}.* tokens/s")
        .containsPattern("(?m)^  always answering 1  0\\.166667$")
        .containsPattern("(?m)^  gru +\\d\\.\\d{6}$");
  }

  private CommandRun adding(String options) {
    return CommandRun.in(
        folder, "example adding --steps 10 --hidden 8 --sequences 250 --test 50 " + options);
  }

  @Test
  void showsHowFarBackTheLossIsFeltBeforeAndAfter() {
    CommandRun run = adding("--epochs 1 --cell rnn --plot DIR/made/adding.png");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().substring(run.out().indexOf("always answering")))
        .containsPattern("model +layer +lag 0 +lag 1 +lag 2 +lag 5 +a step +1 % left at")
        .containsPattern("fresh rnn +rnn_l0 +h +\\d\\.\\de.*x 0\\.\\d{3}")
        .containsPattern("trained rnn +rnn_l0 +h +\\d\\.\\de")
        .contains("growth a step", "Picture: " + folder.resolve("made/adding.png"));
    assertThat(folder.resolve("made/adding.png")).isNotEmptyFile();
  }

  @Test
  void windowHasNoStatesToShow() {
    CommandRun run = adding("--epochs 1 --cell window --plot DIR/window.png");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("(?m)^  window +\\d").doesNotContain("lag");
  }

  @Test
  void pictureThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
    Files.createFile(folder.resolve("file"));
    CommandRun other = adding("--plot DIR/adding.txt");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains(".png or .svg as --plot", "Cure: ");
    CommandRun below = adding("--plot DIR/file/adding.png");
    assertThat(below.code()).isEqualTo(1);
    assertThat(below.err()).contains("a file where a folder is needed", "Cure: ");
    assertThat(other.out() + below.out()).doesNotContain("epoch");
  }

  @Test
  void saysWhichProgramsThereAreWhereANameIsMisspelt() {
    CommandRun run = CommandRun.of("example", "addin");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("did you mean 'adding'?");
  }

  @ParameterizedTest
  @CsvSource({
    "next-word, --hidden",
    "next-word, --cell",
    "reber, --epochs",
    "reber, --batch",
    "reber, --threads"
  })
  void refusesAnOptionThatWouldChangeNothing(String name, String option) {
    CommandRun run = CommandRun.of("example", name, option, "8");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(option).contains("Cure:", name + " --help");
  }

  @Test
  void saysWhatIsWrongWithANumber() {
    CommandRun run = CommandRun.of("example", "adding", "--hidden", "0");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("hidden").contains("Cure:");
  }
}
