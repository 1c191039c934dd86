package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.checkpoints.SavedModel;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that recomputes leaves the model that one that keeps everything leaves. */
class RecomputeTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forecaster DIR/series.csv --target sea --history 9 --horizon 3",
        "language-model DIR/text.txt --batch 5 --bptt 7",
        "classifier DIR/names.csv --batch 7 --variational-dropout"
      })
  void modelIsTheSameAndResumesWithoutIt(String training) throws IOException {
    TinyData.write(temporary);
    String line = "train " + training + " --layers 2 --hidden 11 --dropout 0.2 --epochs 2 --out ";
    train(line + "DIR/kept");
    train(line + "DIR/recomputed --recompute 3");
    Weights recomputed = weights("recomputed");
    for (Weight weight : weights("kept")) {
      assertThat(recomputed.get(weight.name()).values())
          .as(weight.name())
          .containsExactly(weight.values(), offset(1e-3f));
    }
    assertThat(train(line + "DIR/recomputed --resume").out()).contains("is complete");
  }

  private CommandRun train(String line) {
    CommandRun run = CommandRun.in(temporary, line);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private Weights weights(String folder) {
    return SavedModel.read(temporary.resolve(folder)).trained().model().weights();
  }
}
