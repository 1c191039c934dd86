package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each verb, from the data that ships to what it leaves. */
class WholeCommandTest {
  @TempDir Path folder;

  @Test
  void forecasterIsTrainedMeasuredAndUsed() {
    Path model = folder.resolve("weather");
    Path weather = Cli.DATA.resolve("seattle-weather.csv");
    Cli train =
        Cli.run(
            "train",
            "forecaster",
            weather,
            "--target",
            "temp_max,wind",
            "--quantiles",
            "0.1,0.5,0.9",
            "--hidden",
            "8",
            "--epochs",
            "2",
            "--out",
            model,
            "--report",
            folder.resolve("report.json"));
    assertThat(train.err()).isEmpty();
    assertThat(train.exit()).isZero();
    assertThat(train.out())
        .contains("Mean absolute error of temp_max on 359 test windows")
        .contains("step  model  persistence  season")
        .contains("80 % intervals hold")
        .contains("epoch   2/2");
    assertThat(model.resolve("forecast.png")).isNotEmptyFile();
    assertThat(folder.resolve("report.json")).content().contains("\"mae_by_step\"", "\"seconds\"");

    Cli predict =
        Cli.run(
            "predict",
            model,
            "--data",
            weather,
            "--out",
            folder.resolve("next.csv"),
            "--plot",
            folder.resolve("next.svg"));
    assertThat(predict.exit()).as(predict.err()).isZero();
    assertThat(folder.resolve("next.csv"))
        .content()
        .startsWith("date,temp_max_q0.1,temp_max_q0.5,temp_max_q0.9,wind_q0.1")
        .contains("2016-01-07,");
    assertThat(folder.resolve("next.svg")).isNotEmptyFile();
    assertThat(Cli.run("evaluate", model, "--data", weather).out())
        .contains("Mean absolute error of wind on ");
    assertThat(Cli.run("inspect", model).out())
        .contains(
            "rnn.weight_ih_l0", "[32, 6]", "seattle-weather.csv: 0845078a290b48e3", "seed: 1");
  }

  @Test
  void languageModelIsTrainedAndWrites() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "the quick brown fox jumps over the lazy dog.\n".repeat(200));
    Path model = folder.resolve("model");
    Cli train =
        Cli.run(
            "train",
            "language-model",
            text,
            "--hidden",
            "16",
            "--epochs",
            "2",
            "--batch",
            "4",
            "--bptt",
            "16",
            "--cell",
            "gru",
            "--out",
            model);
    assertThat(train.exit()).as(train.err()).isZero();
    assertThat(train.out()).contains("nats/char", "2-gram", "7-gram", "best n-gram");
    Object[] generate = {"generate", model, "--prompt", "the ", "--length", "40", "--seed", "3"};
    Cli first = Cli.run(generate);
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).startsWith("the ").hasSize(45);
    assertThat(Cli.run(generate).out()).isEqualTo(first.out());
    assertThat(Cli.run("generate", model, "--top-k", "1", "--until", " ", "--length", "99").out())
        .hasSizeLessThan(99);
    assertThat(Cli.run("evaluate", model, "--data", text).out()).contains("perplexity");
    Cli strange =
        Cli.run("generate", model, "--prompt", "the \u00df\u00df \u00e6", "--length", "3");
    assertThat(strange.exit()).isZero();
    assertThat(strange.err()).contains("does not know '\u00df' '\u00e6' in the prompt");
  }

  @Test
  void classifierIsTrainedAndLabels() {
    Path model = folder.resolve("model");
    Path names = Cli.DATA.resolve("names.csv");
    Cli train =
        Cli.run(
            "train",
            "classifier",
            names,
            "--hidden",
            "8",
            "--epochs",
            "1",
            "--bidirectional",
            "--pooling",
            "mean",
            "--out",
            model);
    assertThat(train.exit()).as(train.err()).isZero();
    assertThat(train.out())
        .contains("most frequent class", "character n-grams", "true \\ said", "Swedish");
    Cli predict =
        Cli.run("predict", model, "--data", names, "--out", folder.resolve("labelled.csv"));
    assertThat(predict.exit()).as(predict.err()).isZero();
    assertThat(folder.resolve("labelled.csv")).content().startsWith("name,label,probability\n");
    assertThat(Cli.run("evaluate", model, "--data", names).out()).contains("Test texts: 6,");
  }

  @Test
  void quantilesOnOneSideAreNotJudgedAsIfTheyWereTheMedian() throws IOException {
    TinyData.write(folder);
    Cli train =
        Cli.run(
            "train",
            "forecaster",
            folder.resolve("series.csv"),
            "--target",
            "sea",
            "--quantiles",
            "0.9",
            "--hidden",
            "8",
            "--epochs",
            "2",
            "--out",
            folder.resolve("model"));
    assertThat(train.exit()).as(train.err()).isZero();
    assertThat(train.out())
        .contains("(the quantile next to the median)", "true values at or below it %")
        .contains("The median is not among the quantiles")
        .doesNotContain("intervals hold", "The model does", "The model beats");
  }

  @Test
  void processPrintsAllOfItsOutputBeforeItEnds() throws Exception {
    Path log = folder.resolve("log");
    Process process = CommandRun.start(log, List.of("train", "forecaster", "--help"));
    assertThat(process.waitFor()).isZero();
    assertThat(log).content().endsWith(Cli.run("train", "forecaster", "--help").out());
    Process refused = CommandRun.start(log, List.of("inspect", "nosuch"));
    assertThat(refused.waitFor()).isEqualTo(1);
    assertThat(log).content().contains("elman: Expected ", "Cure: ").endsWith("\n");
  }

  @Test
  void filesInFoldersAreTextsWithLabels() throws IOException {
    for (String label : new String[] {"even", "odd"}) {
      Files.createDirectories(folder.resolve("texts").resolve(label));
      for (int i = 0; i < 20; i++) {
        String text = (label.equals("even") ? "02468" : "13579").repeat(i % 3 + 1) + i;
        Files.writeString(folder.resolve("texts").resolve(label).resolve(i + ".txt"), text);
      }
    }
    Cli train =
        Cli.run(
            "train",
            "classifier",
            folder.resolve("texts"),
            "--hidden",
            "8",
            "--epochs",
            "30",
            "--batch",
            "4",
            "--out",
            folder.resolve("model"));
    assertThat(train.exit()).as(train.err()).isZero();
    assertThat(train.out()).contains("even", "odd");
  }

  @Test
  void benchPrintsALineForEachShape() throws IOException {
    Path shapes = folder.resolve("shapes.csv");
    Files.writeString(shapes, "# comment\nLSTM,3,2,4,8,1\n");
    Cli bench = Cli.run("bench", "--shapes", shapes, "--mode", "train");
    assertThat(bench.exit()).as(bench.err()).isZero();
    assertThat(bench.out().lines())
        .first()
        .isEqualTo("engine,mode,threads,cell,T,B,D,H,layers,microseconds,gflops_per_second");
    assertThat(bench.out()).contains("elman,train,1,LSTM,3,2,4,8,1,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train",
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
  void helpTeachesByExample(String command) {
    Cli help = Cli.run((Object[]) (command + " --help").strip().split(" "));
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Usage: elman", "Example").contains("  elman ");
  }
}
