package dev.elman.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Ten steps with weight decay, clipping and schedules against PyTorch 2.13, and states that go on.
 *
 * <pre>{@code
 * w = Parameter(tensor([0.5, -1.25, 2.0])); o = make([w])  # lr=0.05, weight_decay=0.1; AdamW 0.01
 * for k in range(1, 11):
 *   w.grad = tensor([0.3 * k - 1, 0.02 * k * k - 0.7, (-1.0) ** k * 0.4]); o.step()
 * }</pre>
 */
final class OptimizersTest {
  private static final float DECAY = 0.1f;
  private static final double RATE = 0.05;

  @Test
  void sgdStepsAsInPyTorch() {
    var plain = new Sgd(Sgd.Momentum.NONE, 0, DECAY);
    var classical = new Sgd(Sgd.Momentum.CLASSICAL, 0.9f, DECAY);
    var nesterov = new Sgd(Sgd.Momentum.NESTEROV, 0.9f, DECAY);
    requireTenSteps(plain, 0.1517058f, -1.2275649f, 1.9017302f);
    requireTenSteps(classical, -0.20898722f, -0.62357748f, 1.6595435f);
    requireTenSteps(nesterov, -0.48565483f, -0.69108498f, 1.6027812f);
  }

  @Test
  void scaledStepsAreThoseOfPyTorch() {
    var rmsProp = new RmsProp(0.99f, 1e-8f, DECAY);
    var adam = new Adam(0.9f, 0.999f, 1e-8f, DECAY, Adam.Decay.IN_GRADIENT);
    requireTenSteps(rmsProp, -0.88651425f, -0.84478748f, 1.448138f);
    requireTenSteps(adam, 0.48465055f, -0.92509753f, 1.8691585f);
    requireTenSteps(Adam.W, 0.5114134f, -0.95683426f, 2.0669944f);
  }

  @Test
  void aRestoredStateGoesOnToTheBit() {
    for (String name : Optimizers.names()) {
      Optimizer optimizer = Optimizers.named(name);
      Weights whole = weights();
      run(optimizer, whole, new OptimizerState(optimizer, whole), 1, 10);

      Weights cut = weights();
      OptimizerState before = new OptimizerState(optimizer, cut);
      run(optimizer, cut, before, 1, 4);
      Map<String, float[]> saved = new LinkedHashMap<>();
      before.arrays().forEach((slot, array) -> saved.put(slot, array.clone()));
      OptimizerState after = new OptimizerState(optimizer, cut);
      after.restore(before.steps(), saved);
      run(optimizer, cut, after, 5, 10);

      assertThat(cut.get("w").values()).as(name).containsExactly(whole.get("w").values());
      assertThat(after.steps()).as(name).isEqualTo(10);
    }
  }

  @Test
  void aStateOfAnotherOptimizerIsRefused() {
    OptimizerState adam = new OptimizerState(Adam.DEFAULTS, weights());
    OptimizerState momentum = new OptimizerState(Sgd.MOMENTUM, weights());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adam.restore(3, momentum.arrays()))
        .withMessageContaining("expected only w.exp_avg, w.exp_avg_sq, found w.momentum_buffer")
        .withMessageContaining("another optimizer or model");
    float[] ones = {1, 1, 1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adam.restore(3, Map.of("w.exp_avg", ones)))
        .withMessageContaining("expected 3 numbers named w.exp_avg_sq, found none");
    assertThat(adam.steps()).isZero();
    assertThat(adam.arrays().get("w.exp_avg")).containsExactly(0, 0, 0);
  }

  @Test
  void gradientsOfAnotherModelAreRefusedBeforeAnythingChanges() {
    Weights weights = weights();
    OptimizerState state = new OptimizerState(Adam.DEFAULTS, weights);
    float[] before = weights.get("w").values().clone();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.DEFAULTS.step(weights, List.of(), state, RATE))
        .withMessageContaining("expected 1, one for each weight, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.DEFAULTS.step(weights, List.of(new float[2]), state, RATE))
        .withMessageContaining("gradient of w: expected 3 numbers, got 2");
    assertThat(state.steps()).isZero();
    assertThat(weights.get("w").values()).containsExactly(before);
  }

  @Test
  void settingsOutOfTheirRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(0.9f, 1, 1e-8f, 0, Adam.Decay.APART))
        .withMessageContaining("beta2: expected from 0 to below 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RmsProp(Float.NaN, 1e-8f, 0))
        .withMessageContaining("alpha: expected from 0 to below 1, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sgd(Sgd.Momentum.NONE, 0, -1))
        .withMessageContaining("weight decay: expected at least 0, got -1.0");
  }

  @Test
  void aMistypedNameIsAnsweredWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.named("adm"))
        .withMessage("Unknown optimizer 'adm': did you mean 'adam'?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.named("lion"))
        .withMessageContaining("adam, adamw, rmsprop, sgd, momentum, nesterov");
  }

  @Test
  void clippingByNormScalesAllGradientsAlike() {
    // torch.nn.utils.clip_grad_norm_([a, b], 2.0)
    float[] a = {3, -4};
    float[] b = {12, 0.5f, -1};
    assertThat(Clipping.byNorm(2).clip(List.of(a, b))).isEqualTo(13.047987937927246, within(1e-6));
    assertThat(a).containsExactly(new float[] {0.459841f, -0.6131213f}, within(1e-6f));
    assertThat(b).containsExactly(new float[] {1.839364f, 0.0766402f, -0.1532803f}, within(1e-6f));
  }

  @Test
  void clippingLeavesSmallGradientsAndCutsLargeNumbers() {
    float[] small = {3, -4};
    assertThat(Clipping.byNorm(5.1).clip(List.of(small))).isEqualTo(5);
    assertThat(Clipping.NONE.clip(List.of(small))).isEqualTo(5);
    assertThat(small).containsExactly(3, -4);
    assertThat(Clipping.byValue(3.5).clip(List.of(small))).isEqualTo(5);
    assertThat(small).containsExactly(3, -3.5f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clipping.byNorm(0))
        .withMessageContaining("expected a limit above 0, got 0.0");
  }

  @Test
  void clippingsAreCombined() {
    Clipping all = Clipping.byNorm(2).and(Clipping.byValue(0.5)).and(Clipping.byState(3));
    float[] a = {3, -4};
    float[] b = {12, 0.5f, -1};
    assertThat(all.clip(List.of(a, b))).isEqualTo(13.047987937927246, within(1e-6));
    assertThat(a).containsExactly(new float[] {0.459841f, -0.5f}, within(1e-6f));
    assertThat(b).containsExactly(new float[] {0.5f, 0.0766402f, -0.1532803f}, within(1e-6f));
    assertThat(all.stateLimit()).isEqualTo(3);
    assertThat(all.and(Clipping.byState(2)).stateLimit()).isEqualTo(2);
    assertThat(Clipping.byNorm(1).stateLimit()).isInfinite();
    float[] large = {30, -40};
    assertThat(Clipping.byState(1).clip(List.of(large))).isEqualTo(50);
    assertThat(large).containsExactly(30, -40);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clipping.byState(-1))
        .withMessageContaining("expected a limit above 0, got -1.0");
  }

  @Test
  void schedulesFallAsInPyTorch() {
    // CosineAnnealingLR(SGD([w], 1.0), 7, 0.01), read before each step
    double[] cosine = {1, 0.95097959, 0.81362745, 0.61514786, 0.39485214, 0.19637255, 0.05902041};
    for (int k = 0; k < cosine.length; k++) {
      assertThat(LearningRate.COSINE.factor(k, 7)).isEqualTo(cosine[k], within(1e-8));
      assertThat(LearningRate.COSINE.afterWarmUp(4).factor(k + 4, 11))
          .isEqualTo(cosine[k], within(1e-8));
    }
    assertThat(LearningRate.CONSTANT.afterWarmUp(4).factor(0, 11)).isEqualTo(0.25);
    assertThat(LearningRate.CONSTANT.afterWarmUp(4).factor(3, 11)).isEqualTo(1);
    assertThat(LearningRate.steps(3, 0.5).factor(2, 11)).isEqualTo(1);
    assertThat(LearningRate.steps(3, 0.5).factor(6, 11)).isEqualTo(0.25);
  }

  private static void requireTenSteps(Optimizer optimizer, float... expected) {
    Weights weights = weights();
    run(optimizer, weights, new OptimizerState(optimizer, weights), 1, 10);
    assertThat(weights.get("w").values())
        .as(optimizer.toString())
        .containsExactly(expected, within(2e-6f));
  }

  private static Weights weights() {
    Weight weight = new Weight("w", 3);
    weight.set(new float[] {0.5f, -1.25f, 2});
    return new Weights(List.of(weight));
  }

  private static void run(Optimizer o, Weights weights, OptimizerState state, int from, int to) {
    for (int k = from; k <= to; k++) {
      float[] gradient = {
        (float) (0.3 * k - 1), (float) (0.02 * k * k - 0.7), k % 2 == 0 ? 0.4f : -0.4f
      };
      o.step(weights, List.of(gradient), state, RATE);
    }
  }
}
