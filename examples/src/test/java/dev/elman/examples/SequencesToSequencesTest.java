package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that turn one sequence into another run, and measure what they say. */
class SequencesToSequencesTest {
  @TempDir Path folder;

  @Test
  void addsAsKerasDoes() {
    TextStage stage = new TextStage();
    TextStage.run(new ThreeDigitAddition(), stage, "--sums 300 --epochs 2 --learning-rate 0.01");
    assertThat(stage.text())
        .contains("206,348 parameters")
        .contains("30 sums not learned from:")
        .contains("most frequent")
        .contains("98.8 % of characters were not reached");
  }

  @Test
  void addsWithAttentionAndFeedback() {
    TextStage stage = new TextStage();
    TextStage.run(
        new ThreeDigitAddition(),
        stage,
        "--sums 300 --epochs 1 --hidden 8 --attention DOT --feedback");
    assertThat(stage.text()).contains("attention dot").contains("whole sums");
  }

  @Test
  void pronouncesWords() throws IOException {
    Path dictionary = folder.resolve("dict.txt");
    StringBuilder lines = new StringBuilder(";;; a comment\nA42  EY1\n");
    for (int i = 0; i < 60; i++) {
      String word = "" + (char) ('A' + i % 7) + (char) ('A' + i / 7 % 5) + (char) ('A' + i / 35);
      String sounds = word.replaceAll("(.)", "$1$11 ").strip();
      lines.append(word).append("  ").append(sounds).append('\n');
      if (i % 9 == 0) {
        lines.append(String.format(Locale.ROOT, "%s(1)  %s%n", word, sounds + " ZZ"));
      }
    }
    Files.writeString(dictionary, lines);
    TextStage stage = new TextStage();
    TextStage.run(
        new LettersToSounds(),
        stage,
        "--words 50 --epochs 1 --hidden 8 --batch 8 --data " + dictionary);
    assertThat(stage.text())
        .contains("of 50 words")
        .contains("without attention, greedy", "without attention, beam of 5")
        .contains("with attention, greedy", "with attention, beam of 5")
        .contains("copy of the source", "most frequent target");
    assertThatThrownBy(
            () -> TextStage.run(new LettersToSounds(), stage, "--words 500 --data " + dictionary))
        .hasMessageContaining("of at least 500 words")
        .hasMessageContaining("60 words")
        .hasMessageContaining("name data/dict.txt");
  }
}
