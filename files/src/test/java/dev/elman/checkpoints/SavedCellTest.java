package dev.elman.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.kernels.Kernels;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.tasks.TrainedLanguageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of cells with modifiers are read as they were saved. */
class SavedCellTest {
  @TempDir Path folder;

  private static TrainedLanguageModel model(String cell) {
    Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, "abcdefg");
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell(cell).withHidden(6).withLayers(2);
    LanguageModel.Settings settings =
        new LanguageModel.Settings(vocabulary.size(), 4, LanguageModel.Output.OWN, 0, recurrent);
    return new TrainedLanguageModel(new LanguageModel(settings, 7), vocabulary);
  }

  private static float[] predictions(LanguageModel model) {
    Tape tape = Tape.inference(Kernels.get());
    Packing packing = Packing.of(7, 4);
    int[] codes = {0, 3, 1, 4, 2, 5, 6, 0, 1, 3, 2};
    Node rows =
        model.forward(tape, packing, Values.Codes.of(codes), model.firstState(tape, 2)).rows();
    return Arrays.copyOf(rows.value(), rows.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn-sigmoid",
        "lstm+peepholes+coupled+layer-norm+projection=3",
        "gru+reset-before+update-replaces+deep=5+zoneout=0.1",
        "lstm+projection=2+leaky=sampled+dropout=0.2+time=3"
      })
  void theSamePredictions(String cell) {
    TrainedLanguageModel trained = model(cell);
    new SavedModel(trained, Map.of("seed", 7)).write(folder);
    TrainedLanguageModel read = (TrainedLanguageModel) SavedModel.read(folder).trained();
    assertThat(read.model().settings()).isEqualTo(trained.model().settings());
    assertThat(predictions(read.model())).isEqualTo(predictions(trained.model()));
  }

  @Test
  void anUnknownModifierIsRefused() throws Exception {
    new SavedModel(model("lstm+peepholes"), Map.of()).write(folder);
    Path json = folder.resolve("model.json");
    Files.writeString(json, Files.readString(json).replace("lstm+peepholes", "lstm+porthole"));
    assertThatThrownBy(() -> SavedModel.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'lstm+porthole'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "projection"})
  void aWidthThatTheWeightsCannotFillIsRefused(String modifier) throws Exception {
    new SavedModel(model("lstm+" + modifier + "=3"), Map.of()).write(folder);
    Path json = folder.resolve("model.json");
    Files.writeString(
        json, Files.readString(json).replace(modifier + "=3", modifier + "=2000000000"));
    assertThatThrownBy(() -> SavedModel.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("as 'cell' in ")
        .hasMessageContaining("which the weights beside it can fill")
        .hasMessageContaining("2000000000");
  }

  @Test
  void layersThatTheWeightsCannotFillTogetherAreRefused() throws Exception {
    new SavedModel(model("lstm"), Map.of()).write(folder);
    Path json = folder.resolve("model.json");
    String text = Files.readString(json);
    assertThat(text).containsPattern("\"layers\"\\s*:\\s*2\\b");
    Files.writeString(json, text.replaceAll("(\"layers\"\\s*:\\s*)2\\b", "$1200"));
    assertThatThrownBy(() -> SavedModel.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("as 'layers' in ")
        .hasMessageContaining("which the weights beside it can fill");
  }
}
