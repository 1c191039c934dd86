package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences of numbers are told apart, from files to labels. */
class ClassifyRecordingsTest {
  private static final String SMALL = " --hidden 32 --batch 8";

  @TempDir Path folder;

  private String done(String line) {
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  /** The number after a word at the beginning of a line. */
  private static double figure(String out, String word) {
    Matcher matcher = Pattern.compile("(?m)^ *" + word + " +([0-9.]+)").matcher(out);
    assertThat(matcher.find()).as(out).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  void filesInFoldersAreSequences() throws IOException {
    Waves.folders(folder.resolve("waves"), 100);
    String train = "train classifier DIR/waves --out DIR/model --report DIR/r.json" + SMALL;
    String out = done(train);
    assertThat(out)
        .contains(
            "sequences of numbers: 200, of 12 to 30 steps, 2 inputs (each file is one), 2 classes",
            "Test sequences: 40",
            "nearest neighbour",
            "neighbour %",
            "true \\ said",
            "--data DIR\n");
    assertThat(figure(out, "model")).isGreaterThan(95);
    assertThat(folder.resolve("r.json"))
        .content()
        .contains("\"nearest_neighbour_accuracy\"", "\"sequences\" : 40", "\"confusion\"");
    assertThat(done(train + " --resume")).contains("is complete; only its test", "macro F1");

    assertThat(done("inspect DIR/model"))
        .contains("sequences of 2 numbers a step: wave, hum, into sine, square", "200 sequences");
    String measured = done("evaluate DIR/model --data DIR/waves");
    assertThat(measured).contains("Test sequences: 200").doesNotContain("neighbour");
    assertThat(figure(measured, "model")).isGreaterThan(95);
    assertThat(done("predict DIR/model --data DIR/waves/sine"))
        .contains("label  probability", "99.csv ", "sine")
        .hasLineCount(101);
    assertThat(done("predict DIR/model --data DIR/waves")).contains("square/7.csv");
    assertThat(done("predict DIR/model --data DIR/waves/sine/7.csv")).hasLineCount(2);
    done("predict DIR/model --data DIR/waves --out DIR/p.csv");
    assertThat(folder.resolve("p.csv"))
        .content()
        .startsWith("file,label,probability\nsine/0.csv,sine,");
  }

  @Test
  void rowsOfNumbersAreSequences() throws IOException {
    Files.writeString(folder.resolve("waves.csv"), Waves.rows(100));
    String out = done("train classifier DIR/waves.csv --out DIR/model" + SMALL);
    assertThat(out)
        .contains(
            "sequences of numbers: 200, of 12 to 30 steps, 1 input (each row is one), 2 classes",
            "--data FILE.csv");
    assertThat(figure(out, "model")).isGreaterThan(95);
    assertThat(done("inspect DIR/model")).contains("rows of up to 30 numbers, into sine, square");
    assertThat(figure(done("evaluate DIR/model --data DIR/waves.csv"), "model")).isGreaterThan(95);
    assertThat(done("predict DIR/model --data DIR/waves.csv"))
        .contains("row   label  probability", "\n  200  square")
        .hasLineCount(201);
  }

  @Test
  void textsStayTexts() throws IOException {
    Files.writeString(folder.resolve("waves.csv"), Waves.rows(9));
    Waves.folders(folder.resolve("waves"), 9);
    TinyData.write(folder);
    String tiny = " --hidden 4 --epochs 1 --out DIR/model";
    assertThat(done("train classifier DIR/names.csv" + tiny))
        .contains("texts: 120 (column 'name'), 2 classes", "character n-grams");
    assertThat(done("train classifier DIR/waves.csv --text t3" + tiny))
        .contains("texts: 18 (column 't3')", "Test texts: ");
    assertThat(done("train classifier DIR/waves --text any" + tiny))
        .contains("texts: 18 (each file is one)");
    Files.writeString(folder.resolve("waves/sine/readme.txt"), "no table");
    assertThat(done("train classifier DIR/waves" + tiny)).contains("texts: 19 (each file is one)");
  }

  @Test
  void missingCellsInFilesAreFilledWhereAsked() throws IOException {
    Waves.folders(folder.resolve("waves"), 9);
    Files.writeString(folder.resolve("waves/sine/3.csv"), "note,wave,hum\nok,1,2\nok,,3\nok,3,4\n");
    String tiny = " --hidden 4 --epochs 1 --out DIR/model";
    assertThat(done("train classifier DIR/waves --missing interpolate" + tiny)).contains("of 3 to");
    assertThat(done("train classifier DIR/waves --missing drop" + tiny)).contains("of 2 to");
    assertThat(done("evaluate DIR/model --data DIR/waves --missing drop")).contains("macro F1");
  }

  @Test
  void japaneseVowelsAreToldApartBySpeaker() throws IOException {
    Path vowels = vowels();
    List<String> lines = Files.readAllLines(vowels);
    for (int i = lines.indexOf("@data") + 1, n = 0; i < lines.size(); i++, n++) {
      utterance(n, lines.get(i).split(":"));
    }
    String out = done("train classifier DIR/vowels --out DIR/model");
    assertThat(out).contains("270, of 7 to 26 steps, 12 inputs (each file is one), 9 classes");
    assertThat(figure(out, "model")).isGreaterThan(85);
  }

  /** Writes an utterance, its last field being the speaker and the others the inputs. */
  private void utterance(int number, String[] fields) throws IOException {
    int d = fields.length - 1;
    String[][] inputs = Stream.of(fields).map(f -> f.split(",")).toArray(String[][]::new);
    StringBuilder csv = new StringBuilder();
    for (int c = 0; c < d; c++) {
      csv.append(c == 0 ? "" : ",").append("lpc").append(c + 1);
    }
    for (int t = 0; t < inputs[0].length; t++) {
      for (int c = 0; c < d; c++) {
        csv.append(c == 0 ? '\n' : ',').append(inputs[c][t]);
      }
    }
    Path speaker = Files.createDirectories(folder.resolve("vowels/speaker" + fields[d].strip()));
    Files.writeString(speaker.resolve(number + ".csv"), csv.append('\n'));
  }

  private static Path vowels() {
    String name = "shared/data/ucr-uea/JapaneseVowels/JapaneseVowels_TRAIN.ts";
    Path found =
        Stream.iterate(Path.of("").toAbsolutePath(), f -> f != null, Path::getParent)
            .map(f -> f.resolve(name))
            .filter(Files::isRegularFile)
            .findFirst()
            .orElse(null);
    assumeTrue(found != null, name + " is not in a folder above this one");
    return found;
  }
}
