package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextWordTest {
  /** Whether it is red or blue is decided six words before: more than four words tell. */
  @Test
  void aNetworkWithAMemoryBeatsFourGramsWhereTheWordIsDecidedEarlier(@TempDir Path folder)
      throws IOException {
    RandomStream random = RandomStream.of(1, "test");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      String colour = random.nextInt(2) == 0 ? "red" : "blue";
      text.append(colour).append(" it was and so it is ").append(colour).append(". ");
    }
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    TextStage stage = new TextStage();
    TextStage.run(
        new NextWord(),
        stage,
        "--text "
            + file
            + " --cells gru --parameters 4000 --embedding 8 --epochs 10"
            + " --batch 4 --learning-rate 0.01 --dropout 0 --contexts 1");
    double gru = perplexity(stage, "gru \\d+ [34],\\d{3}");
    assertThat(gru).isLessThan(perplexity(stage, "\\d-gram - -") - 0.05);
    assertThat(stage.text())
        .containsPattern("(?m)^1 to 3 \\d+ ")
        .contains("the word model gave best gave");
  }

  private static double perplexity(TextStage stage, String row) {
    Matcher matcher = Pattern.compile("(?m)^" + row + " (\\d+\\.\\d+)$").matcher(stage.text());
    assertThat(matcher.find()).as(stage.text()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }
}
