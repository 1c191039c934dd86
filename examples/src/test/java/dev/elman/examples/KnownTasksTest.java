package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.tensor.RandomStream;
import org.junit.jupiter.api.Test;

/** Tasks whose answer is known: what a network without memory reaches, and one with it. */
class KnownTasksTest {
  @Test
  void copiesWhatItReadLongBefore() {
    CopyingMemory task = new CopyingMemory(3, 10);
    assertThat(task.floor()).isEqualTo(3 * Math.log(8) / 16);
    assertThat(task.learned("gru", 8)).isLessThan(task.floor() / 10);
  }

  @Test
  void remembersTheSecondLetterOfReberStrings() {
    assertThat(ReberGrammar.foretold(ReberGrammar.learned("lstm", 8), 500)).isGreaterThan(0.99);
  }

  @Test
  void withoutLearningForetellsNothing() {
    assertThat(ReberGrammar.foretold(ReberGrammar.learned("lstm", 1), 500)).isLessThan(0.6);
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
