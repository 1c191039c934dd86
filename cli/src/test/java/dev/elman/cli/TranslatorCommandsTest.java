package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A translator on the command line: trained, resumed, measured, used, and misused. */
class TranslatorCommandsTest {
  @TempDir Path folder;
  private Path data;
  private Path model;

  /** Words of the letters a to d, and the same in capitals, backwards. */
  @BeforeEach
  void write() throws IOException {
    StringBuilder table = new StringBuilder("word\tnumber\tturned\n");
    for (int i = 0; i < 120; i++) {
      StringBuilder word = new StringBuilder();
      for (int left = i + 4; left > 0; left /= 4) {
        word.append((char) ('a' + left % 4));
      }
      String turned = new StringBuilder(word).reverse().toString().toUpperCase(Locale.ROOT);
      table.append(word).append('\t').append(i).append('\t').append(turned).append('\n');
    }
    data = folder.resolve("words.tsv");
    model = folder.resolve("model");
    Files.writeString(data, table);
  }

  private Cli train(String... more) {
    String[] words = {
      "train",
      "translator",
      data.toString(),
      "--source",
      "word",
      "--target",
      "turned",
      "--hidden",
      "12",
      "--epochs",
      "2",
      "--out",
      model.toString(),
      "--threads",
      "1"
    };
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Cli.run((Object[]) all);
  }

  @Test
  void itIsTrainedMeasuredAndUsed() throws IOException {
    Cli trained = train("--bidirectional", "--attention", "general", "--reverse-source");
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out())
        .contains("pairs: 120;")
        .contains("epoch   2/2")
        .contains("model, greedy", "model, beam of 5", "copy of the source")
        .contains("most frequent target")
        .contains("error rate (char)")
        .contains("perplexity")
        .contains("best floor")
        .contains("Samples, greedy:");

    Cli measured = Cli.run("evaluate", model, "--data", data);
    assertThat(measured.err()).isEmpty();
    assertThat(measured.out()).contains("model, greedy").doesNotContain("most frequent target");

    Cli said = Cli.run("predict", model, "--text", "abcd", "--beam", "4", "--n-best", "3");
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).contains("turned", "log P");
    assertThat(said.out().lines()).hasSize(4);

    Path written = folder.resolve("written.csv");
    Cli column = Cli.run("predict", model, "--data", data, "--out", written);
    assertThat(column.err()).isEmpty();
    assertThat(Files.readAllLines(written))
        .hasSize(121)
        .first()
        .isEqualTo("word,number,turned,turned of the model");
    assertThat(Cli.run("inspect", model).out())
        .contains("Translator of 'word' into 'turned'")
        .contains("source recurrent cell lstm", "link attention  general")
        .contains("encoder.rnn.weight_ih_l0_reverse", "decoder.attention.keys.weight")
        .doesNotContain("recurrent tau");
  }

  @Test
  void aCompleteTrainingIsNotDoneAgain() {
    String[] often = {"--scheduled-sampling", "0.5", "--context", "both", "--attention", "none"};
    assertThat(train(often).err()).isEmpty();
    String[] resumed = Arrays.copyOf(often, often.length + 1);
    resumed[often.length] = "--resume";
    assertThat(train(resumed).out()).contains("is complete; only its test is done again");
    assertThat(train("--resume").err()).contains("to resume in");
  }

  @Test
  void symbolsThatItDoesNotKnowAreNamed() {
    train();
    Cli some = Cli.run("predict", model, "--text", "abxz");
    assertThat(some.err()).contains("does not know 'x' 'z' in the text");
    assertThat(some.exit()).isZero();
    Cli none = Cli.run("predict", model, "--text", "xyz");
    assertThat(none.err())
        .contains("Expected a text of symbols that the model has learned from")
        .contains("all unknown to it")
        .contains("train on data that has such symbols");
    assertThat(Cli.run("predict", model, "--text", "").err())
        .contains("Expected a text with at least one char");
  }

  @Test
  void whatIsWrongIsSaidWithItsCure() throws IOException {
    assertThat(train("--attention", "soft").err())
        .contains("Expected one of none, additive, dot, general as --attention, found 'soft'");
    assertThat(train("--attention", "dot", "--bidirectional").err())
        .contains("expected queries as wide as the memory, 24, got 12");
    assertThat(train("--scheduled-sampling", "3").err()).contains("from 0 to 1, got 3.0");
    assertThat(Cli.run("train", "translator", data, "--source", "wort", "--target", "turned").err())
        .contains("Expected a column 'wort'")
        .contains("word");
    Files.writeString(data, "word,turned\nab,BA\n,AB\n");
    assertThat(train().err())
        .contains("Expected a text in every cell of column 'word' of words.tsv")
        .contains("an empty one, in pair 2")
        .contains("take the row out");
    Files.writeString(data, "word,turned\nab,BA\n");
    assertThat(train().err()).contains("enough pairs for training, validation and test");
  }

  @Test
  void aBeamWithoutMeasureIsRefused() {
    train();
    Cli wide = Cli.run("predict", model, "--text", "ab", "--beam", "100000");
    assertThat(wide.exit()).isNotZero();
    assertThat(wide.err()).contains("a width of at most 1000, got 100000", "Try 5");
    assertThat(Cli.run("generate", model).err()).contains("use elman predict with it");
  }
}
