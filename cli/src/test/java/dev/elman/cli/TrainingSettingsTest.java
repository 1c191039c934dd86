package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.checkpoints.SavedModel;
import dev.elman.kernels.Threads;
import dev.elman.layers.Initialisation;
import dev.elman.tasks.TextTask;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.training.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was typed of a training is what was done, stands in the model's file, and is resumed. */
class TrainingSettingsTest {
  @TempDir Path temporary;

  @BeforeEach
  void data() throws IOException {
    TinyData.write(temporary);
  }

  @Test
  void aLanguageModelOfTruncatedSteps() throws IOException {
    String line =
        "train language-model DIR/text.txt --batch 5 --bptt 9 --update-every 4 --hidden 7"
            + " --epochs 2 --clip norm=2,state=0.5 --init chrono=20 --out DIR/lm";
    train(line);
    SavedModel saved = SavedModel.read(temporary.resolve("lm"));
    assertThat(settings(saved))
        .containsEntry("update_every", 4)
        .containsEntry("bptt", 9)
        .containsEntry("clip", "norm=2.0,state=0.5");
    TrainedLanguageModel model = (TrainedLanguageModel) saved.trained();
    assertThat(model.model().settings().recurrent().initialisation())
        .isEqualTo(Initialisation.chrono(20));
    String json = Files.readString(temporary.resolve("lm/model.json"));
    assertThat(json).contains("\"CHRONO=20\"");
    double loss =
        Evaluation.meanLoss(
            model.model(), TextTask.evaluation(model, "text", "the quick fox"), Threads.ONE);
    saved.write(temporary.resolve("again"));
    TrainedLanguageModel again =
        (TrainedLanguageModel) SavedModel.read(temporary.resolve("again")).trained();
    assertThat(
            Evaluation.meanLoss(
                again.model(), TextTask.evaluation(again, "text", "the quick fox"), Threads.ONE))
        .isEqualTo(loss);
    assertThat(train(line + " --resume").out()).contains("is complete");
    CommandRun other =
        CommandRun.in(temporary, line.replace(" --update-every 4", "") + " --resume");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("the same --update-every", "the default instead of 4");
  }

  @Test
  void aClassifierOfShorterNamesFirst() {
    train(
        "train classifier DIR/names.csv --cell rnn-relu --init identity --hidden 9 --epochs 3"
            + " --curriculum 2 --clip value=0.5 --clip 3 --out DIR/names");
    SavedModel saved = SavedModel.read(temporary.resolve("names"));
    assertThat(settings(saved))
        .containsEntry("curriculum", 2)
        .containsEntry("clip", "norm=3.0,value=0.5")
        .doesNotContainKey("update_every");
    TrainedClassifier model = (TrainedClassifier) saved.trained();
    assertThat(model.model().settings().recurrent().initialisation())
        .isEqualTo(Initialisation.IDENTITY);
  }

  @Test
  void aForecasterOfGrowingHistories() {
    String line =
        "train forecaster DIR/series.csv --target sea --history 8 --horizon 2 --hidden 5 --epochs 2"
            + " --clip 0 --out DIR/";
    train(line + "all");
    train(line + "growing --curriculum 2");
    assertThat(settings(SavedModel.read(temporary.resolve("all"))))
        .containsEntry("clip", 0.0)
        .doesNotContainKey("curriculum");
    assertThat(weights("growing")).isNotEqualTo(weights("all"));
  }

  private float[] weights(String folder) {
    SavedModel saved = SavedModel.read(temporary.resolve(folder));
    return ((TrainedForecaster) saved.trained()).model().weights().copy().get(0);
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> settings(SavedModel saved) {
    return (Map<Object, Object>) saved.provenance().get("settings");
  }

  private CommandRun train(String line) {
    CommandRun run = CommandRun.in(temporary, line);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }
}
