package dev.elman.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.kernels.Threads;
import dev.elman.tensor.Int8Rows;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights are changed piece by piece, with the bits of each weight by itself. */
class UpdateTest {
  private static final int[] COLUMNS = {129, 3, 70};
  private static final int[] ROWS = {301, 7, 290}; // two of several pieces, one in the midst

  @ParameterizedTest
  @MethodSource("dev.elman.optimizers.Optimizers#names")
  void anyNumberOfThreadsGivesTheBitsOfEachWeightByItself(String name) {
    Optimizer optimizer = Optimizers.named(name);
    for (Clipping clipping :
        List.of(Clipping.NONE, Clipping.byNorm(20), Clipping.byNorm(1e9), Clipping.byValue(0.4))) {
      Weights alone = weights();
      OptimizerState state = new OptimizerState(optimizer, alone);
      for (int step = 1; step <= 3; step++) {
        List<float[]> gradients = gradients(step);
        clipping.clip(gradients);
        for (int i = 0; i < COLUMNS.length; i++) {
          float[] w = alone.list().get(i).values();
          optimizer.change(step, 0.01, w, gradients.get(i), state.of(i), 0, w.length);
        }
      }
      for (int count : new int[] {1, 2, 3}) {
        assertThat(stepped(optimizer, clipping, count).copy())
            .as(count + " threads")
            .usingRecursiveComparison()
            .isEqualTo(alone.copy());
      }
    }
  }

  @Test
  void aFixedWeightIsNotChangedNorDecayed() {
    Weight fixed = Weight.fixed("leak", 3);
    fixed.set(new float[] {0.5f, 0.25f, 0.75f});
    Weights weights = new Weights(List.of(new Weight("w", 2), fixed));
    Optimizer optimizer = Optimizers.named("adamw");
    try (Threads threads = new Threads(1)) {
      new Update(optimizer, Clipping.NONE, threads)
          .step(
              weights,
              List.of(new float[] {1, 2}, new float[] {1, 2, 3}),
              1,
              new OptimizerState(optimizer, weights),
              0.1);
    }
    assertThat(fixed.values()).containsExactly(0.5f, 0.25f, 0.75f);
    assertThat(weights.get("w").values()).doesNotContain(0);
    assertThat(weights.parameters()).isEqualTo(2);
  }

  private static Weights stepped(Optimizer optimizer, Clipping clipping, int count) {
    Weights weights = weights();
    OptimizerState state = new OptimizerState(optimizer, weights);
    try (Threads threads = new Threads(count)) {
      Update update = new Update(optimizer, clipping, threads);
      for (int step = 1; step <= 3; step++) {
        List<float[]> gradients = gradients(step);
        double norm = Clipping.NONE.clip(gradients);
        long version = weights.list().get(2).version();
        update.step(weights, gradients, norm, state, 0.01);
        assertThat(weights.list().get(2).version()).isEqualTo(version + 1);
      }
    }
    assertThat(state.steps()).isEqualTo(3);
    return weights;
  }

  @Test
  void roundedWeightsAreRefusedBeforeAnythingChanges() {
    Weights weights = weights();
    Weight last = weights.list().get(2);
    last.set(Int8Rows.round(ROWS[2], COLUMNS[2], last.values()));
    List<float[]> before = weights.copy();
    OptimizerState state = new OptimizerState(Sgd.PLAIN, weights);
    assertThatThrownBy(() -> Sgd.PLAIN.step(weights, gradients(1), state, 0.01))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("as int8");
    assertThat(weights.copy()).usingRecursiveComparison().isEqualTo(before);
    assertThat(state.steps()).isZero();
  }

  private static Weights weights() {
    List<Weight> weights =
        List.of(
            new Weight("a", ROWS[0], COLUMNS[0]),
            new Weight("b", ROWS[1], COLUMNS[1]),
            new Weight("c", ROWS[2], COLUMNS[2]));
    weights.forEach(weight -> weight.set(numbers(weight.name(), weight.size())));
    return new Weights(weights);
  }

  private static List<float[]> gradients(int step) {
    return List.of(
        numbers("a" + step, ROWS[0] * COLUMNS[0]),
        numbers("b" + step, ROWS[1] * COLUMNS[1]),
        numbers("c" + step, ROWS[2] * COLUMNS[2]));
  }

  private static float[] numbers(String name, int size) {
    RandomStream random = RandomStream.of(1, name);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.uniform(-1, 1);
    }
    return numbers;
  }
}
