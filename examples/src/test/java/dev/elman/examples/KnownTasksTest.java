package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.tensor.RandomStream;
import org.junit.jupiter.api.Test;

/** Tasks whose answer is known: what a network without memory reaches, and one with it. */
class KnownTasksTest {
  @Test
  void copiesWhatItReadLongBefore() {
    TextStage stage = new TextStage();
    TextStage.run(
        new CopyingMemory(),
        stage,
        "--kept 3 --lag 10 --hidden 64 --epochs 8 --learning-rate 0.005");
    assertThat(stage.text()).contains("remembering nothing " + "0.38990");
    assertThat(stage.number("gru")).isLessThan(0.03899);
  }

  @Test
  void remembersTheSecondLetterOfReberStrings() {
    ReberGrammar task = new ReberGrammar();
    TextStage stage = new TextStage();
    TextStage.run(task, stage, "--runs 1 --most 5000 --test 300");
    assertThat(stage.text()).contains("mean of 1 of 1", "100.0 %");
  }

  @Test
  void withoutLearningForetellsNothing() {
    TextStage stage = new TextStage();
    TextStage.run(new ReberGrammar(), stage, "--runs 1 --most 100 --test 300");
    assertThat(stage.text()).contains("1 not solved", "mean of 0 of 1 -");
  }

  @Test
  void drawsStringsOfTheGrammar() {
    String rest = "(XT*VP)*(S|XT*VV)";
    RandomStream random = RandomStream.of(3, "test");
    for (int i = 0; i < 200; i++) {
      ReberGrammar.Word word = ReberGrammar.draw(random);
      assertThat(word.letters()).matches("B([TP])B(TS*X" + rest + "|PT*V(V|P" + rest + "))E\\1E");
      assertThat(word.following()).hasSize(word.letters().length() - 1);
      for (int t = 0; t < word.following().size(); t++) {
        assertThat(word.following().get(t)).contains(word.letters().substring(t + 1, t + 2));
      }
    }
  }
}
