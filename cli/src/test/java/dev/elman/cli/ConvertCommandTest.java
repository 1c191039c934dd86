package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small language model is converted and used; what cannot be converted is refused. */
class ConvertCommandTest {
  private static final String TRAIN =
      "train language-model DIR/text.txt --batch 3 --bptt 20 --epochs 40 --hidden 24 --threads 1"
          + " --out DIR/lm";

  @TempDir static Path folder;
  private static String converted;

  @BeforeAll
  static void trainsAndConverts() throws Exception {
    TinyData.write(folder);
    Files.createDirectories(folder.resolve("other"));
    Files.writeString(folder.resolve("other/notes.txt"), "mine");
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("shapes.csv"), "LSTM,1,1,4,8,1\n");
    done(TRAIN);
    converted = done("convert DIR/lm --quantize int8");
  }

  private static String done(String line) {
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void theTableSaysWhatBecameOfEachWeight() {
    assertThat(converted)
        .containsPattern("rnn.weight_hh_l0  +\\[96, 24\\]  +9,216  +2,688  +[01]\\.\\d\\d\n")
        .containsPattern("rnn.bias_hh_l0  +\\[96\\]  +384  +384  +-\n")
        .containsPattern("all  +[\\d,]+  +[\\d,]+  +[01]\\.\\d\\d\n")
        .contains("weights.safetensors: ", "Next: elman evaluate " + folder.resolve("lm-int8"));
  }

  @Test
  void theSmallerModelIsNearlyAsGood() {
    double exact = loss(done("evaluate DIR/lm --data DIR/text.txt"));
    double rounded = loss(done("evaluate DIR/lm-int8 --data DIR/text.txt"));
    assertThat(exact).isLessThan(1); // it has learned something
    assertThat(rounded).isEqualTo(exact, within(0.02)).isNotNaN();
  }

  private static double loss(String printed) {
    Matcher row = Pattern.compile("model +(\\S+)").matcher(printed);
    assertThat(row.find()).isTrue();
    return Double.parseDouble(row.group(1));
  }

  @Test
  void itIsUsedAsBefore() {
    assertThat(done("generate DIR/lm-int8 --prompt the --length 9 --top-k 1")).startsWith("the");
    assertThat(done("inspect DIR/lm-int8")).contains("Matrices: int8", "rnn.weight_ih_l0");
    assertThat(done("inspect DIR/lm")).doesNotContain("int8");
  }

  @Test
  void anEmptyFolderIsFilledAndAQuantizedModelReplaced() throws Exception {
    byte[] first = Files.readAllBytes(folder.resolve("lm-int8/weights.safetensors"));
    done("convert DIR/lm --quantize int8 --out DIR/empty");
    done("convert DIR/lm --quantize int8 --out DIR/empty");
    assertThat(Files.readAllBytes(folder.resolve("empty/weights.safetensors"))).isEqualTo(first);
  }

  @Test
  void aTrainingInItsFolderBeginsAnewOrNotAtAll() {
    done("convert DIR/lm --quantize int8 --out DIR/again");
    String line = TRAIN.replace("DIR/lm", "DIR/again").replace("--epochs 40", "--epochs 1");
    CommandRun resumed = CommandRun.in(folder, line + " --resume");
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err())
        .contains("a training to resume in", "rounded to int8", "Likely cause: ", "Cure: ");
    assertThat(done(line)).contains("is replaced at the first checkpoint");
    assertThat(done("inspect DIR/again")).doesNotContain("int8");
  }

  @Test
  void theBenchmarkTimesStepsOfRoundedWeights() {
    assertThat(done("bench --shapes DIR/shapes.csv --quantize int8"))
        .contains("elman-int8,infer,1,LSTM,1,1,4,8,1,");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          convert DIR/lmm --quantize int8                 | 1 | did you mean 'lm'?
          convert DIR/other --quantize int8               | 1 | without a model.json
          convert DIR/text.txt --quantize int8            | 1 | found a file
          convert DIR/lm-int8 --quantize int8             | 1 | converted before
          convert DIR/lm                                  | 2 | --quantize
          convert DIR/lm --quantize int4                  | 2 | one of int8
          convert DIR/lm --quantize int8 --out DIR/lm     | 1 | a model that is not quantized
          convert DIR/lm --quantize int8 --out DIR/other  | 1 | a folder of other files
          convert DIR/lm --quantize int8 --out DIR/text.txt | 1 | a file where a folder is needed
          bench --shapes DIR/shapes.csv --quantize int8 --mode train | 2 | for use only
          bench --shapes DIR/shapes.csv --quantize int4   | 2 | one of int8
          """)
  void whatCannotBeConvertedIsRefused(String line, int code, String says) {
    Set<String> before = CommandRun.content(folder);
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.err()).contains("Expected ", "found ", "\nLikely cause: ", "\nCure: ", says);
    assertThat(run.code()).isEqualTo(code);
    assertThat(CommandRun.content(folder)).isEqualTo(before);
  }
}
