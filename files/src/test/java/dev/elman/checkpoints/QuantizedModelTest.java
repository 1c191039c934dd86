package dev.elman.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.data.DataException;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.models.Quantization;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tensor.Weight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizedModelTest {
  private static final String MATRIX = "rnn.weight_hh_l0";
  private static final String SCALE = MATRIX + ".scale";

  @TempDir Path temporary;
  private Path folder;
  private SavedModel saved;

  @BeforeEach
  void saveAQuantizedModel() {
    folder = temporary.resolve("model");
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell("gru").withHidden(5);
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(3, 4, LanguageModel.Output.OWN, 0, recurrent), 7);
    Quantization.int8(model);
    saved =
        new SavedModel(
            new TrainedLanguageModel(model, Vocabulary.of(Unit.CHARACTER, "abc")),
            Map.of("seed", 7));
    saved.write(folder);
  }

  private List<NamedTensor> tensors() {
    return ModelFolder.read(folder, ModelFolder.WEIGHTS).file(ModelFolder.WEIGHTS).tensors();
  }

  /** The same model with another description or other tensors. */
  private void replace(Map<String, Object> description, List<NamedTensor> tensors) {
    Safetensors.Content content = new Safetensors.Content(tensors, Map.of());
    ModelFolder.write(folder, description, Map.of(ModelFolder.WEIGHTS, content));
  }

  private void refuses(String... parts) {
    assertThatThrownBy(() -> SavedModel.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts)
        .hasMessageMatching("(?s)Expected .+, found .+\nLikely cause: .+\nCure: .+");
  }

  private void refusesWith(NamedTensor lie, String... parts) {
    List<NamedTensor> tensors = new ArrayList<>(tensors());
    tensors.removeIf(tensor -> tensor.name().equals(lie.name()));
    tensors.add(lie);
    replace(ModelFolder.read(folder).description(), tensors);
    refuses(parts);
  }

  private static NamedTensor scales(float last, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, 0.25f);
    values[values.length - 1] = last;
    return new NamedTensor(SCALE, shape, values);
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(SavedModel.isQuantized(folder)).isTrue();
    SavedModel read = SavedModel.read(folder);
    assertThat(read.provenance()).isEqualTo(saved.provenance());
    for (Weight weight : saved.trained().model().weights()) {
      Weight there = read.trained().model().weights().get(weight.name());
      assertThat(there.values()).isEqualTo(weight.values());
      assertThat(there.int8() == null).isEqualTo(weight.int8() == null);
      if (weight.int8() != null) {
        assertThat(there.int8().codes()).isEqualTo(weight.int8().codes());
        assertThat(there.int8().scales()).isEqualTo(weight.int8().scales());
      }
    }
  }

  @Test
  void theFileHoldsCodesAndScalesAndBytesComeLast() {
    List<NamedTensor> tensors = tensors();
    assertThat(tensors.stream().map(tensor -> tensor.dtype() + " " + tensor.name()))
        .containsExactly(
            "F32 embedding.weight",
            "F32 rnn.weight_ih_l0.scale",
            "F32 rnn.weight_hh_l0.scale",
            "F32 rnn.bias_ih_l0",
            "F32 rnn.bias_hh_l0",
            "F32 head.weight.scale",
            "F32 head.bias",
            "I8 rnn.weight_ih_l0",
            "I8 rnn.weight_hh_l0",
            "I8 head.weight");
    assertThat(tensors.get(2).shape()).containsExactly(15);
    assertThat(tensors.get(8).shape()).containsExactly(15, 5);
    assertThat(folder.resolve("model.json")).content().contains("\"quantized\" : \"int8\"");
  }

  @Test
  void scalesThatAreMissingOrNoneAreRefused() {
    List<NamedTensor> without = new ArrayList<>(tensors());
    without.removeIf(tensor -> tensor.name().equals(SCALE));
    replace(ModelFolder.read(folder).description(), without);
    refuses("a tensor " + SCALE + " [15] in", "none of that name", "convert the model again");
    refusesWith(scales(1, 14), "[15]", "found one of shape [14]", "one scale for each row");
    refusesWith(scales(1, 15, 1), "found one of shape [15, 1]");
    refusesWith(scales(Float.NaN, 15), "finite numbers above 0", "found NaN at row 14");
    refusesWith(scales(0, 15), "found 0.0 at row 14");
    refusesWith(scales(-1, 15), "found -1.0 at row 14");
    refusesWith(scales(Float.POSITIVE_INFINITY, 15), "found Infinity at row 14");
  }

  @Test
  void codesOfAnotherShapeAndBiasesOfBytesAreRefused() {
    refusesWith(
        new NamedTensor(MATRIX, Dtype.I8, new int[] {5, 15}, new float[75]),
        "a tensor rnn.weight_hh_l0 [15, 5]",
        "found one of shape [5, 15]");
    saved.write(folder);
    refusesWith(
        new NamedTensor("head.bias", Dtype.I8, new int[] {3}, new float[3]),
        "a tensor head.bias [3] of floats",
        "found int8");
  }

  @Test
  void aDescriptionThatSaysOtherwiseIsRefused() {
    Map<String, Object> description = new LinkedHashMap<>(ModelFolder.read(folder).description());
    List<NamedTensor> tensors = tensors();
    description.put("quantized", "int3");
    replace(description, tensors);
    refuses("\"int8\" or nothing as 'quantized'", "found 'int3'", "a newer release");
    description.remove("quantized");
    replace(description, tensors);
    refuses("weights of floats alone", "found int8 among them");
    List<NamedTensor> floats = ModelWeights.tensors(saved.trained().model().weights());
    description.put("quantized", "int8");
    replace(description, floats);
    refuses("weights of int8", "found floats alone");
  }

  @Test
  void noTrainingResumesFromIt() {
    assertThatThrownBy(() -> saved.requireSame(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "Expected a training to resume",
            "rounded to int8",
            "Likely cause: ",
            "Cure: resume in");
  }

  @Test
  void codesAreNotTakenForWeights() {
    LanguageModel model = (LanguageModel) saved.trained().model();
    assertThatThrownBy(() -> ModelWeights.load(tensors(), model.weights(), "w.safetensors"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("floats as 'rnn.weight_ih_l0' in w.safetensors", "found int8");
  }

  @Test
  void onlyWholeNumbersOfAByteAreBytes() {
    for (float value : new float[] {128, -129, 0.5f, Float.NaN}) {
      assertThatThrownBy(
              () -> new NamedTensor("w", Dtype.I8, new int[] {2}, new float[] {-128, value}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("whole numbers from -128 to 127 as I8");
    }
    assertThatThrownBy(() -> new NamedTensor("w", Dtype.F16, new int[] {1}, new float[1]))
        .hasMessageContaining("expected F32");
  }
}
