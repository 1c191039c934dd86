package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The weights file does not depend on the number of threads. */
class ThreadsTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forecaster DIR/series.csv --target sea --history 9 --horizon 3",
        "language-model DIR/text.txt --batch 5 --bptt 7",
        "classifier DIR/names.csv --batch 7 --bidirectional"
      })
  void sameBytesOnOneTwoAndThreeThreads(String training) throws IOException {
    TinyData.write(temporary);
    for (int threads = 1; threads <= 3; threads++) {
      String options = " --layers 2 --hidden 11 --dropout 0.2 --epochs 2 --out DIR/" + threads;
      CommandRun run =
          CommandRun.in(temporary, "train " + training + options + " --threads " + threads);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(Files.mismatch(weights(1), weights(threads))).isEqualTo(-1);
    }
  }

  private Path weights(int threads) {
    return temporary.resolve(threads + "/weights.safetensors");
  }
}
