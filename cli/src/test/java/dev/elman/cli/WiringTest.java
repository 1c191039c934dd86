package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every wiring of a network is trained, saved and used by the commands. */
class WiringTest {
  private static final String TINY = " --epochs 1 --hidden 5 --threads 1";

  @TempDir static Path folder;

  @BeforeAll
  static void files() throws IOException {
    TinyData.write(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bidirectional --merge sum",
        "--bidirectional --merge average --first-state learned",
        "--bidirectional --merge product --layers 2 --connections residual",
        "--layers 2 --connections skip --dense-in 4,3 --dense-out 6,4",
        "--cell window --tau 4",
        "--cell window --tau 2 --bidirectional --merge sum --layers 2",
        "--pooling attention --bidirectional",
      })
  void classifiersAreTrainedAndUsed(String wiring) {
    run("train classifier DIR/names.csv --out DIR/names " + wiring + TINY);
    run("evaluate DIR/names --data DIR/names.csv");
    run("predict DIR/names --data DIR/names.csv");
    assertThat(run("inspect DIR/names")).contains("Classifier of ");
    resumes("train classifier DIR/names.csv --out DIR/names " + wiring + TINY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--layers 2 --connections residual --first-state learned",
        "--connections skip --dense-out 5 --tied",
        "--connections residual --tied",
        "--cell window --tau 3 --recompute 2",
        "--cell window --tau 3 --first-state learned --connections skip --layers 2"
      })
  void languageModelsAreTrainedAndWrite(String wiring) {
    String train = "train language-model DIR/text.txt --batch 3 --bptt 5 --out DIR/text ";
    run(train + wiring + TINY);
    run("generate DIR/text --prompt the --length 9");
    resumes(train + wiring + TINY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--dense-in 4 --first-state learned",
        "--cell window --tau 3 --connections skip",
        "--bidirectional --merge sum --dense-out 3"
      })
  void forecastersAreTrainedAndForecast(String wiring) {
    String train = "train forecaster DIR/series.csv --target sea --history 8 --horizon 2";
    run(train + " --out DIR/series " + wiring + TINY);
    run("evaluate DIR/series --data DIR/series.csv");
    run("predict DIR/series --data DIR/series.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--merge sum | Expected --bidirectional beside --merge, found none",
        "--tau 3 | Expected --cell window beside --tau, found none",
        "--tau 0 --cell window | Expected a whole number of at least 1 as --tau, found 0",
        "--dense-in 0 | Expected a whole number of at least 1 as --dense-in, found 0",
        "--connections residual | expected a layer with as many outputs as inputs, got 2 inputs",
        "--cell widow | did you mean 'window'?"
      })
  void whatDoesNotFitIsRefused(String wiring, String message) {
    CommandRun run =
        CommandRun.in(
            folder, "train forecaster DIR/series.csv --target sea --out DIR/no " + wiring + TINY);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message, "\nLikely cause: ", "\nCure: ");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void aLanguageModelReadsForwardsWhateverTheMerge() {
    CommandRun run =
        CommandRun.in(
            folder,
            "train language-model DIR/text.txt --bidirectional --merge sum --out DIR/no" + TINY);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("A language model cannot be bidirectional: read backwards, it");
  }

  private static void resumes(String line) {
    assertThat(run(line + " --resume")).contains("is complete");
  }

  private static String run(String line) {
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }
}
