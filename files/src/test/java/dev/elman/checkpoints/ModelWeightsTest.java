package dev.elman.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.data.DataException;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelWeightsTest {

  private static Weights weights(float start) {
    Weight first = new Weight("rnn.weight_ih_l0", 2, 3);
    Weight second = new Weight("rnn.bias_ih_l0", 4);
    first.set(new float[] {start, start + 1, start + 2, start + 3, start + 4, start + 5});
    second.set(new float[] {-start, -start - 1, -start - 2, -start - 3});
    return new Weights(List.of(first, second));
  }

  private static void refuses(List<NamedTensor> tensors, String... parts) {
    Weights weights = weights(1);
    assertThatThrownBy(() -> ModelWeights.load(tensors, weights, "w.safetensors"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("w.safetensors");
    assertThat(weights.copy()).usingRecursiveComparison().isEqualTo(weights(1).copy());
  }

  @Test
  void tensorsGoThereAndBackInAnyOrder() {
    List<NamedTensor> tensors = new ArrayList<>(ModelWeights.tensors(weights(9)));
    assertThat(tensors.get(0).shape()).containsExactly(2, 3);
    Collections.reverse(tensors);
    Weights loaded = weights(1);
    ModelWeights.load(tensors, loaded, "w.safetensors");
    assertThat(loaded.copy()).usingRecursiveComparison().isEqualTo(weights(9).copy());
  }

  @Test
  void tensorsThatDoNotFitAreRefusedAndNothingIsCopied() {
    List<NamedTensor> right = ModelWeights.tensors(weights(9));
    NamedTensor bias = right.get(1);
    refuses(
        List.of(right.get(0), new NamedTensor("rnn.bias_hh_l0", bias.shape(), bias.values())),
        "a tensor 'rnn.bias_ih_l0'",
        "2 tensors of other names",
        "another prefix",
        "did you mean 'rnn.bias_hh_l0'?");
    refuses(
        List.of(right.get(0), new NamedTensor("rnn.bias_ih_l0", new int[] {2, 2}, bias.values())),
        "the shape [4] of 'rnn.bias_ih_l0'",
        "found [2, 2]",
        "a model of other sizes");
    refuses(
        List.of(right.get(0), bias, new NamedTensor("x", bias.shape(), bias.values())),
        "1 more: x",
        "more layers or a second direction");
  }
}
