package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.examples.Example;
import dev.elman.examples.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

class ExampleCommandTest {
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
    CommandRun run =
        CommandRun.of(
            "example adding --steps 10 --hidden 8 --epochs 2 --sequences 250 --test 50".split(" "));
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("gru of 297 parameters, 5 batches an epoch")
        .containsPattern("epoch +2/2 +training loss 0\\.\\d{4}.* tokens/s")
        .containsPattern("(?m)^  always answering 1  0\\.166667$")
        .containsPattern("(?m)^  gru +\\d\\.\\d{6}$");
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
