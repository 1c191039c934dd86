package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input gets expectation, finding, likely cause and cure, and leaves nothing behind. */
class WrongInputTest {
  @TempDir static Path shared;

  private static Path model;

  @BeforeAll
  static void makeFiles() throws IOException {
    write("empty.csv", "");
    write("header.csv", "a,b\n");
    write("ragged.csv", "a,b\n1,2\n3\n");
    write("words.csv", "a,b\n1,x\n2,3\n");
    write("short.csv", "a\n1\n2\n3\n");
    write("constant.csv", rows(200, i -> i * 7 % 13 + ",5"));
    write("missing.csv", rows(200, i -> i * 7 % 13 + (i == 40 ? "," : ",NaN")));
    write("one-class.csv", rows(50, i -> "w" + i + ",one"));
    write("good.csv", rows(200, i -> i * 7 % 13 + "," + i * i % 11));
    write("text.txt", "abcdefgh ".repeat(40));
    Files.createDirectories(shared.resolve("folder"));
    model = shared.resolve("model");
    Cli trained =
        Cli.run(
            "train",
            "forecaster",
            shared.resolve("good.csv"),
            "--target",
            "a",
            "--history",
            "5",
            "--horizon",
            "2",
            "--hidden",
            "3",
            "--epochs",
            "1",
            "--out",
            model);
    assertThat(trained.exit()).as(trained.err()).isZero();
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(shared.resolve(name), text);
  }

  private static String rows(int n, IntFunction<String> row) {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < n; i++) {
      text.append(row.apply(i)).append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | nope.csv --target a | Expected a file at | no such file
          1 | empty.csv --target a | an empty file (0 bytes) | cut short
          1 | header.csv --target a | Expected | header.csv
          1 | folder --target a | Expected a file at | found a folder
          1 | ragged.csv --target a | Expected 2 fields in every row | found 1 in line 3
          1 | words.csv --target b | Expected a number in column 'b' | found 'x' in line 2
          1 | good.csv --target aa | Expected a column 'aa' | did you mean 'a'?
          1 | short.csv --target a | a series long enough for a history of 30 | 3 rows
          1 | good.csv --target a --history 150 | smaller --history or --horizon | 200 rows
          1 | constant.csv --target a | numbers that vary in column 'b' | the same number, 5.0
          1 | missing.csv --target b | missing cells: 200 in column 'b' | --missing
          1 | good.csv | at least one column to forecast | with --target
          2 | good.csv --target a --hidden 0 | at least 1 as --hidden, found 0 | try --hidden 64
          2 | good.csv --target a --epochs -3 | at least 1 as --epochs, found -3 | try --epochs
          2 | good.csv --target a --cell lstmm | as --cell, found 'lstmm' | did you mean 'lstm'?
          2 | good.csv --target a --optimizer adamm | as --optimizer | did you mean 'adam'?
          2 | good.csv --target a --dropout 1.5 | the share to drop | got 1.5
          2 | good.csv --target a --quantiles 0.9,0.1 | rising numbers | [0.9, 0.1]
          2 | good.csv --target a --learning-rate 0 | learning rate: expected above 0 | 0.001
          2 | good.csv --target a --epochs x | Invalid value for option '--epochs' | not an int
          2 | good.csv --targit a | Unknown option | --target
          """)
  void forecasterRefuses(int exit, String args, String first, String second) throws IOException {
    List<Path> before = files();
    List<Object> words = new ArrayList<>(List.of("train", "forecaster"));
    words.addAll(Arrays.asList((Object[]) args.split(" ")));
    words.set(2, shared.resolve(args.split(" ")[0]));
    words.addAll(List.of("--out", shared.resolve("out")));
    Cli run = Cli.run(words.toArray());
    assertThat(run.err()).contains(first).contains(second).doesNotContain("\tat ");
    if (exit == 1) {
      assertThat(run.err()).contains("Expected ", "found ", "Likely cause: ", "Cure: ");
    }
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void oneClassIsRefused() {
    Cli run = Cli.run("train", "classifier", shared.resolve("one-class.csv"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("at least two classes", "only 'one'", "Likely cause", "Cure");
  }

  @Test
  void shortTextIsRefused() {
    Cli run = Cli.run("train", "language-model", shared.resolve("text.txt"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("Expected a text of more than", "Likely cause", "--bptt");
  }

  @Test
  void outputInPlaceOfAFileIsRefusedBeforeTheWork() {
    Cli run =
        Cli.run(
            "train",
            "forecaster",
            shared.resolve("good.csv"),
            "--target",
            "a",
            "--history",
            "5",
            "--horizon",
            "2",
            "--out",
            shared.resolve("good.csv"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("Expected", "good.csv", "Likely cause", "Cure");
    assertThat(run.out()).doesNotContain("epoch ");
  }

  @Test
  void otherOptionsOnResumeAreRefused() throws IOException {
    Path text = shared.resolve("long.txt");
    Files.writeString(text, "the quick brown fox jumps over the lazy dog\n".repeat(100));
    Path out = shared.resolve("resumed");
    Object[] command = {
      "train",
      "language-model",
      text,
      "--hidden",
      "4",
      "--epochs",
      "1",
      "--batch",
      "4",
      "--out",
      out
    };
    assertThat(Cli.run(command).exit()).isZero();
    Files.writeString(text, "THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG\n".repeat(100));
    Object[] resume = Arrays.copyOf(command, command.length + 1);
    resume[command.length] = "--resume";
    Cli run = Cli.run(resume);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("Expected the same vocabulary.symbols as in the training to resume")
        .contains("Likely cause: the data is another")
        .contains("Cure: ");
  }

  @Test
  void damagedModelsAreRefused() throws IOException {
    Path weights = model.resolve("weights.safetensors");
    Path json = model.resolve("model.json");
    byte[] goodWeights = Files.readAllBytes(weights);
    String goodJson = Files.readString(json);
    Files.write(weights, Arrays.copyOf(goodWeights, goodWeights.length - 9));
    requireRefused("weights.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.setLength(0);
      file.write(new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, '{', '}'});
    }
    requireRefused("weights.safetensors");
    Files.delete(weights);
    requireRefused("weights.safetensors");
    Files.write(weights, goodWeights);
    Files.writeString(json, goodJson.replaceFirst("\"version\" *: *1", "\"version\": 99"));
    requireRefused("newer");
    Files.writeString(json, goodJson.replaceFirst("\"hidden\" *: *3", "\"hidden\": 100000000"));
    requireRefused("model.json");
    Files.writeString(json, "{\"task\": ");
    requireRefused("model.json");
    Files.writeString(json, goodJson);
    assertThat(Cli.run("inspect", model).exit()).isZero();
  }

  private static void requireRefused(String about) {
    Cli run = Cli.run("inspect", model);
    assertThat(run.exit()).as(run.out()).isEqualTo(1);
    assertThat(run.err()).contains("Expected ", about, "Likely cause: ", "Cure: ");
  }

  @Test
  void otherTasksModelIsRefused() {
    Cli run = Cli.run("generate", model);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("Expected a language model", "use elman predict with it");
  }

  @Test
  void pictureOfUnknownKindIsRefused() {
    Cli run =
        Cli.run("predict", model, "--data", shared.resolve("good.csv"), "--plot", "picture.jpg");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(".png or .svg", "Likely cause", "Cure");
  }

  @Test
  void stackTraceComesOnlyWhenAskedFor() {
    assertThat(Cli.run("inspect", shared, "--verbose").err()).contains("\tat dev.elman");
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(shared)) {
      return files.sorted().toList();
    }
  }

  @Test
  void binaryTextIsRefused() throws IOException {
    Path file = shared.resolve("latin1.txt");
    Files.write(file, "caf\u00e9 ".repeat(900).getBytes(StandardCharsets.ISO_8859_1));
    Cli run = Cli.run("train", "language-model", file);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("UTF-8", "Likely cause", "Cure");
    Files.delete(file);
  }
}
