package dev.elman.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb works on small data, and says what it does. */
class CommandTest {
  private static final String TINY = " --epochs 2 --hidden 6 --threads 1 --report DIR/r.json";

  @TempDir static Path folder;

  @BeforeAll
  static void trains() throws Exception {
    TinyData.write(folder);
    Files.writeString(folder.resolve("shapes.csv"), "GRU,3,2,4,5,1\n");
    String out = done("train forecaster DIR/series.csv --target sea --history 8 --horizon 2", "fc");
    assertThat(out).contains("persistence", "season", "Next: elman predict");
    out = done("train language-model DIR/text.txt --batch 3 --bptt 5", "lm");
    assertThat(out).contains("2-gram", "perplexity", "Next: elman generate");
    out = done("train classifier DIR/names.csv", "cl");
    assertThat(out).contains("most frequent class", "n-grams", "Next: elman predict");
  }

  private static String done(String line, String name) {
    return done(line + TINY + " --out DIR/" + name);
  }

  private static String done(String line) {
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void trainingLeavesAModelAndAReportAndNothingElse() throws Exception {
    assertThat(folder.resolve("lm").toFile().list())
        .containsExactlyInAnyOrder("model.json", "weights.safetensors");
    assertThat(Files.readString(folder.resolve("r.json"))).contains("\"training\"", "\"test\"");
  }

  @Test
  void aCompleteTrainingResumesToItsTest() throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve("cl/weights.safetensors"));
    assertThat(done("train classifier DIR/names.csv --resume", "cl"))
        .contains("is complete; only its test", "accuracy");
    assertThat(Files.readAllBytes(folder.resolve("cl/weights.safetensors"))).isEqualTo(before);
  }

  @Test
  void aTrainingThatNeverBeganResumesFromTheStart() {
    assertThat(done("train classifier DIR/names.csv --resume", "new"))
        .contains("begins from the start");
  }

  @Test
  void aFolderServesOneTrainingAtATime() {
    StringWriter said = new StringWriter();
    Path model = folder.resolve("busy");
    try (TrainingFolder first = TrainingFolder.open(model, new PrintWriter(said))) {
      first.sayWhatIsReplaced();
      CommandRun second =
          CommandRun.in(folder, "train classifier DIR/names.csv" + TINY + " --out DIR/busy");
      assertThat(second.err()).contains("another training is under way", "Cure: ", "--out");
      assertThat(second.code()).isEqualTo(1);
    }
    assertThat(said.toString()).isEmpty();
    assertThat(model).doesNotExist();
  }

  @Test
  void theNextCommandIsCalledAsThisOneWas() {
    System.setProperty("elman.command", "./elman");
    try {
      assertThat(done("train classifier DIR/names.csv --resume", "cl"))
          .contains("Next: ./elman predict");
    } finally {
      System.clearProperty("elman.command");
    }
  }

  @Test
  void forecastsHaveEquallyManyDecimals() {
    String[] numbers =
        done("predict DIR/fc --data DIR/series.csv")
            .strip()
            .replaceAll("(?m)^ *\\S+ +", "")
            .split("\n");
    assertThat(numbers).hasSize(3);
    assertThat(numbers[1].replaceFirst(".*\\.", "")).hasSizeBetween(4, 7);
    assertThat(numbers[2].replaceFirst(".*\\.", ""))
        .hasSameSizeAs(numbers[1].replaceFirst(".*\\.", ""));
  }

  @Test
  void anotherTrainingLeavesAModelAsItIsUntilItsFirstCheckpoint() throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve("cl/model.json"));
    StringWriter said = new StringWriter();
    try (TrainingFolder training =
        TrainingFolder.open(folder.resolve("cl"), new PrintWriter(said))) {
      training.sayWhatIsReplaced();
      assertThat(Files.readAllBytes(folder.resolve("cl/model.json"))).isEqualTo(before);
    }
    assertThat(Files.readAllBytes(folder.resolve("cl/model.json"))).isEqualTo(before);
    assertThat(said.toString()).contains("is replaced at the first checkpoint");
  }

  @Test
  void theOtherVerbsUseTheModels() {
    assertThat(done("inspect DIR/fc"))
        .contains("rnn.weight_ih_l0", "learning_rate: 0.001", "Forecaster");
    assertThat(done("inspect DIR/lm")).contains("Language model of");
    assertThat(done("inspect DIR/cl")).contains("de, ru");
    assertThat(done("evaluate DIR/fc --data DIR/series.csv")).contains("persistence");
    assertThat(done("evaluate DIR/lm --data DIR/text.txt")).contains("nats/char");
    assertThat(done("evaluate DIR/cl --data DIR/names.csv")).contains("macro F1");
    assertThat(done("predict DIR/fc --data DIR/series.csv")).contains("151", "152", "sea");
    assertThat(done("predict DIR/cl --data DIR/names.csv --out DIR/p.csv")).contains("p.csv");
    assertThat(folder.resolve("p.csv")).content().startsWith("name,label,probability");
    assertThat(done("generate DIR/lm --prompt the --length 7 --top-k 1")).startsWith("the");
    assertThat(done("bench --shapes DIR/shapes.csv --mode infer")).contains("GRU,3,2,4,5,1");
  }

  @ParameterizedTest
  @CsvSource({
    "go, 0, ^elman\\nready 72\\n[0-9.]+\\n$",
    "stop, 1, ^elman\\nready 72\\nerror .*\\n$"
  })
  void benchAnswersRequests(String second, int code, String answers) {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(("prepare train RNN,2,3,1,1,1\n" + second).getBytes(UTF_8)));
    try {
      CommandRun run = CommandRun.of("bench", "--on-request", "--seconds", "0.001");
      assertThat(run.code()).as(run.err()).isEqualTo(code);
      assertThat(run.out()).matches(answers);
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train forecaster",
        "train language-model",
        "train classifier",
        "evaluate",
        "predict",
        "generate",
        "inspect",
        "convert",
        "bench"
      })
  void everyVerbHelps(String verb) {
    CommandRun run = CommandRun.of((verb + " --help").split(" "));
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: elman " + verb, "Example");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          forecaster     | a layer (default: 64)                | at most (default: 30)
          language-model | a layer (default: 256)               | first step (default: 0.003)
          classifier     | at most (default: 30; of numbers 100) | loss; 0 for never (default: 6; of
          classifier     | --cell=NAME | One of lstm, gru, rnn, rnn-relu, rnn-sigmoid, window (default: lstm), and after it any modifiers
          classifier     | Of lstm: peepholes, coupled, layer-norm, projection=P. Of gru: update-only, | Of any: leaky=A, zoneout=P,
          """)
  void theHelpOfATaskShowsItsDefaults(String task, String one, String other) {
    String help = CommandRun.of("train", task, "--help").out().replaceAll("\\s+", " ");
    assertThat(help).contains(one.strip(), other.strip());
  }

  @Test
  void versionNamesTheKernels() {
    assertThat(CommandRun.of("--version").out()).contains("elman ", "Java ", "kernels: ");
  }
}
