package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks in which a network reads what it wrote. */
class WritingTasksTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "0.3"})
  void theAnswerBeforeIsMemoryEnoughForParity(String own) {
    TextStage stage = new TextStage();
    TextStage.run(
        new RunningParity(),
        stage,
        "--length 6 --epochs 10 --sequences 320 --learning-rate 0.03 --own-answers " + own);
    assertThat(stage.number("window with its answers")).isEqualTo(100);
    assertThat(stage.number("window without its answers")).isBetween(35.0, 65.0);
  }

  @Test
  void knowsParity() {
    assertThat(RunningParity.parities(new int[] {1, 0, 1, 1, 0})).containsExactly(1, 1, 0, 1, 1);
  }

  @ParameterizedTest
  @CsvSource({"first, 4", "each, 9", "both, 9"}) // of 14; whoever learned nothing has none
  void writesNumbersThatItHasNotSeen(String context, int least) {
    TextStage stage = new TextStage();
    TextStage.run(
        new NumberWords(), stage, "--epochs 60 --context " + context.toUpperCase(Locale.ROOT));
    assertThat(stage.text()).startsWith("gru, context " + context); // no encoder
    long right = stage.text().lines().filter(line -> line.endsWith(" yes")).count();
    assertThat(right).as(stage.text()).isGreaterThanOrEqualTo(least);
  }

  @Test
  void aMixtureKnowsThatSeriesFork() {
    TextStage stage = new TextStage();
    TextStage.run(
        new ForkingSeries(),
        stage,
        "--heads GAUSSIAN,MIXTURE --sequences 100 --epochs 30 --batch 8");
    assertThat(stage.number("mixture")).isBetween(-0.2, 0.5); // of -0.190 at best
    assertThat(stage.number("gaussian")).isBetween(1.6, 2.2); // ln of the swing, and (1 + ln 2π)/2
  }

  @Test
  void spellsNumbers() {
    assertThat(NumberWords.words(7)).isEqualTo("seven");
    assertThat(NumberWords.words(40)).isEqualTo("forty");
    assertThat(NumberWords.words(99)).isEqualTo("ninety-nine");
  }
}
