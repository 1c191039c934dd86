package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A look inside saved models: tables, and pictures in files. */
final class InspectCommandTest {
  private static final String SMALL = " --hidden 6 --epochs 1 --threads 1 --batch 8";

  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws IOException {
    TinyData.write(folder);
    done("train language-model DIR/text.txt --bptt 8 --out DIR/lm" + SMALL);
    done("train forecaster DIR/series.csv --target sea --history 9 --out DIR/fc" + SMALL);
    done("train classifier DIR/names.csv --bidirectional --out DIR/cl" + SMALL);
    done("train language-model DIR/text.txt --bptt 8 --cell rnn --out DIR/rnn" + SMALL);
    String pairs = "train translator DIR/names.csv --source name --target label --out DIR/";
    done(pairs + "tr --reverse-source" + SMALL);
    done(pairs + "both --bidirectional" + SMALL);
    done("convert DIR/lm --quantize int8 --out DIR/int8");
    Files.createDirectories(folder.resolve("far/away"));
    Files.move(folder.resolve("rnn"), folder.resolve("far/away/rnn"));
  }

  private static String done(String line) {
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void settingsAreReadable() {
    assertThat(done("inspect DIR/lm"))
        .contains("cell            lstm", "initialisation  pytorch", "each token")
        .doesNotContain("RecurrentStack");
    assertThat(done("inspect DIR/lm DIR/fc")).contains("Language model of", "Forecaster");
  }

  @Test
  void gradientsOfSeveralModelsStandSideBySide() {
    assertThat(done("inspect DIR/lm DIR/fc --gradients --steps 12 --plot DIR/both.png"))
        .contains("lm     rnn_l0  h", "fc     rnn_l0  c", "lag 10", "radius, mean", "both.png")
        .contains("Picture: ");
    assertThat(folder.resolve("both.png")).isNotEmptyFile();
    assertThat(done("inspect DIR/lm --gradients --cells rnn,gru --steps 12"))
        .contains("fresh rnn", "fresh gru", "lm-gradients.png");
    assertThat(folder.resolve("lm-gradients.png")).isNotEmptyFile();
    assertThat(done("inspect DIR/lm --gradients --fresh --text abc")).contains("lm fresh");
  }

  @Test
  void statesAndGatesAreHeatMaps() {
    assertThat(done("inspect DIR/lm --gates --text the"))
        .contains("3 steps", "rnn_l0  i", "rnn_l0  o", "lm-gates.png");
    assertThat(done("inspect DIR/fc --states --plot DIR/states.svg")).contains("9 steps", "h", "c");
    assertThat(folder.resolve("states.svg")).content().contains("<svg");
    assertThat(done("inspect DIR/cl --states --text otto")).contains("rnn_l0_reverse");
    assertThat(done("inspect DIR/cl --states")).contains("cl-states.png");
    assertThat(done("inspect DIR/int8 --states --text the")).contains("rnn_l0");
  }

  @ParameterizedTest
  @CsvSource({"2024-03-01 23:00, 2024-03-01 23:00", "' ', ·", "'\n', ¶", "⏹, (end)", "ß, ß"})
  void labelsCanBeSeen(String label, String seen) {
    assertThat(InspectUnits.visible(label)).isEqualTo(seen);
  }

  @Test
  void translatorsAreSeenAlongBothSequences() {
    assertThat(done("inspect DIR/tr --gates --text otto"))
        .containsPattern("(?m)^4 steps of the source and \\d+ of the target;")
        .contains("encoder.rnn_l0  i", "decoder.rnn_l0  f", "tr-gates.png");
    assertThat(done("inspect DIR/both --states"))
        .contains("6 steps of the source and 3 of the target", "encoder.rnn_l0_reverse  h");
    assertThat(done("inspect DIR/tr --gradients --fresh"))
        .contains("tr fresh", "encoder.rnn_l0  c", "decoder.rnn_l0  h", "lag 5")
        .contains("A decoder's lags are from the end of the target, an encoder's of the source.")
        .doesNotContain("Left out");
    assertThat(done("inspect DIR/both --gradients --data DIR/names.csv --plot DIR/both.svg"))
        .contains("Left out: encoder.rnn of both", "Cure: ", "decoder.rnn_l0  h");
    assertThat(folder.resolve("both.svg")).content().contains("<svg");
  }

  @Test
  void graphIsDocument() throws Exception {
    assertThat(done("inspect DIR/cl --graph --steps 2"))
        .contains(
            "side by side",
            "logits of labels",
            "5 (1 step after)",
            "(last step), ",
            "cl-graph.svg");
    byte[] svg = Files.readAllBytes(folder.resolve("cl-graph.svg"));
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg))
                .getElementsByTagName("title")
                .getLength())
        .isGreaterThan(12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inspect DIR/cl --gradients              | 2 | a bidirectional one
          inspect DIR/int8 --gradients --text abc | 1 | as int8
          inspect DIR/far/away/rnn --states            | 1 | the data that the model was trained on
          inspect DIR/far/away/rnn --gates --text the  | 2 | no gates
          inspect DIR/fc --states --text the      | 1 | a series as --data
          inspect DIR/fc --gradients --text the   | 1 | for a forecaster
          inspect DIR/lm --gradients --text a     | 1 | at least 2 symbols
          inspect DIR/lm DIR/fc --graph           | 2 | only --gradients lays
          inspect DIR/lm --graph --plot DIR/g.png | 1 | .svg as --plot of a graph
          inspect DIR/lm --graph --steps 1        | 2 | from 2 to 50 steps
          inspect DIR/lm --attention --text the   | 1 | a translator with attention
          inspect DIR/tr --states --text 77       | 1 | symbols that the model has learned from
          inspect DIR/lm --gates --states         | 2 | --gates
          inspect DIR/lm --gradients --cells lst  | 2 | lstm
          """)
  void mistakesAreExplained(String line, int code, String message) {
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.err()).contains(message, "Cure: ");
    assertThat(run.code()).isEqualTo(code);
  }
}
