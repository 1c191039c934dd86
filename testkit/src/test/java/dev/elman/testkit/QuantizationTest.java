package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.models.Quantization;
import dev.elman.tensor.Weight;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizationTest {
  private static final int V = 11;
  private static final int[] CODES = {3, 0, 10, 7, 7, 1, 9};

  private static LanguageModel model(String cell, LanguageModel.Output output) {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell(cell).withHidden(13).withLayers(2);
    return new LanguageModel(new LanguageModel.Settings(V, 13, output, 0, recurrent), 5);
  }

  private static List<String> rounded(LanguageModel model) {
    return model.weights().list().stream()
        .filter(weight -> weight.int8() != null)
        .map(Weight::name)
        .toList();
  }

  @Test
  void matricesAreRoundedButNoBiasAndNoEmbedding() {
    LanguageModel own = model("lstm", LanguageModel.Output.OWN);
    assertThat(Quantization.isInt8(own)).isFalse();
    Quantization.int8(own);
    assertThat(Quantization.isInt8(own)).isTrue();
    assertThat(rounded(own))
        .containsExactly(
            "rnn.weight_ih_l0",
            "rnn.weight_hh_l0",
            "rnn.weight_ih_l1",
            "rnn.weight_hh_l1",
            "head.weight");
    LanguageModel tied = model("lstm", LanguageModel.Output.TIED);
    Quantization.int8(tied);
    assertThat(rounded(tied)).hasSize(4).doesNotContain("embedding.weight");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "rnn"})
  void stepsOfAStreamGiveTheBitsOfTheWholeSequence(String cell) {
    LanguageModel model = model(cell, LanguageModel.Output.OWN);
    float[] exact = whole(model);
    Quantization.int8(model);
    float[] whole = whole(model);
    assertThat(steps(model)).isEqualTo(whole);
    double distance = 0;
    for (int i = 0; i < whole.length; i++) {
      distance = Math.max(distance, Math.abs(whole[i] - exact[i]));
    }
    assertThat(distance).isBetween(1e-5, 1e-2);
  }

  private static float[] whole(LanguageModel model) {
    Tape tape = Tape.inference(Kernels.get());
    Packing packing = Packing.equal(1, CODES.length);
    Node rows =
        model.forward(tape, packing, Values.Codes.of(CODES), model.firstState(tape, 1)).rows();
    return Arrays.copyOf(rows.value(), rows.size());
  }

  private static float[] steps(LanguageModel model) {
    float[] all = new float[CODES.length * V];
    List<float[]> state = new ArrayList<>();
    for (int width : model.states()) {
      state.add(new float[width]);
    }
    Tape tape = Tape.inference(Kernels.get());
    for (int t = 0; t < CODES.length; t++) {
      tape.reset();
      Node[] nodes = new Node[state.size()];
      for (int s = 0; s < nodes.length; s++) {
        nodes[s] = tape.constant(1, state.get(s).length, state.get(s));
      }
      Layer.Output step =
          model.forward(tape, Packing.equal(1, 1), Values.Codes.of(CODES[t]), nodes);
      System.arraycopy(step.rows().value(), 0, all, t * V, V);
      for (int s = 0; s < nodes.length; s++) {
        state.set(s, Arrays.copyOf(step.state()[s].value(), step.state()[s].size()));
      }
    }
    return all;
  }

  @Test
  void aQuantizedModelIsNotTrained() {
    LanguageModel model = model("gru", LanguageModel.Output.OWN);
    Quantization.int8(model);
    assertThatThrownBy(() -> new Trainer(model, TrainingPlan.DEFAULTS, null, null, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Expected weights to train as 32-bit floats, found rnn.weight_ih_l0")
        .hasMessageContaining("Likely cause: the model was quantized")
        .hasMessageContaining("Cure: train the model that it was converted from");
    assertThatThrownBy(() -> Quantization.int8(model)).isInstanceOf(IllegalStateException.class);
  }
}
