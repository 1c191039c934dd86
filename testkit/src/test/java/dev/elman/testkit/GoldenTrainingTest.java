package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.optimizers.Adam;
import dev.elman.optimizers.Clipping;
import dev.elman.optimizers.LearningRate;
import dev.elman.optimizers.Optimizer;
import dev.elman.optimizers.OptimizerState;
import dev.elman.optimizers.RmsProp;
import dev.elman.optimizers.Sgd;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers, clipping, schedules and ten steps of a training are those of PyTorch. */
class GoldenTrainingTest {
  private static final Map<String, Optimizer> OPTIMIZERS =
      Map.of(
          "sgd", Sgd.PLAIN,
          "sgd_weight_decay", new Sgd(Sgd.Momentum.NONE, 0, 0.05f),
          "sgd_momentum", Sgd.MOMENTUM,
          "sgd_nesterov", Sgd.NESTEROV,
          "rmsprop", RmsProp.DEFAULTS,
          "adam", Adam.DEFAULTS,
          "adam_weight_decay", new Adam(0.9f, 0.999f, 1e-8f, 0.05f, Adam.Decay.IN_GRADIENT),
          "adamw", Adam.W,
          "adamw_weight_decay", new Adam(0.9f, 0.999f, 1e-8f, 0.05f, Adam.Decay.APART));

  static List<String> optimizers() {
    return OPTIMIZERS.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void tenStepsAreThoseOfPyTorch(String name) {
    Golden golden = new Golden(name);
    Optimizer optimizer = withSettings(OPTIMIZERS.get(name), golden);
    Weights weights = new Weights(List.of(new Weight("a", 3), new Weight("b", 2, 4)));
    weights.forEach(weight -> weight.set(golden.values("start." + weight.name())));
    OptimizerState state = new OptimizerState(optimizer, weights);
    for (int step = 0; step < 10; step++) {
      List<float[]> gradients = List.of(golden.row("grad.a", step), golden.row("grad.b", step));
      optimizer.step(weights, gradients, state, golden.setting("lr"));
      for (Weight weight : weights) {
        float[] expected = golden.row("after." + weight.name(), step);
        golden.require(expected, weight.name() + " at step " + step, weight.values(), 2e-6);
      }
    }
  }

  private static Optimizer withSettings(Optimizer optimizer, Golden golden) {
    float decay = (float) golden.setting("weight_decay");
    if (optimizer instanceof Sgd sgd) {
      return new Sgd(sgd.momentum(), (float) golden.setting("momentum"), decay);
    }
    if (optimizer instanceof Adam adam) {
      double[] betas = golden.settings("betas");
      float epsilon = (float) golden.setting("eps");
      return new Adam((float) betas[0], (float) betas[1], epsilon, decay, adam.decay());
    }
    return optimizer;
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void clippingIsThatOfPyTorch(String name) {
    Golden golden = new Golden(name);
    List<float[]> gradients = List.of(golden.values("before.a"), golden.values("before.b"));
    double norm = Clipping.byNorm(golden.setting("max_norm")).clip(gradients);
    assertThat(norm).isCloseTo(golden.values("norm")[0], offset(1e-5));
    golden.requireOutput("after.a", gradients.get(0), 1e-6);
    golden.requireOutput("after.b", gradients.get(1), 1e-6);
  }

  static List<String> clippings() {
    return List.of("clip_grad_norm_above", "clip_grad_norm_below");
  }

  @Test
  void cosineIsThatOfPyTorch() {
    Golden golden = new Golden("schedules");
    double last = golden.values("cosine")[10] / 0.4;
    for (int step = 0; step <= 10; step++) {
      double rate = 0.4 * LearningRate.cosine(last).factor(step, 10);
      assertThat(rate).as("step " + step).isCloseTo(golden.values("cosine")[step], offset(1e-7));
    }
  }

  @Test
  void tenStepsOfACharacterModelAreThoseOfPyTorch() {
    Golden golden = new Golden("character_model");
    LanguageModel model = characterModel(golden);
    OptimizerState state = new OptimizerState(Adam.DEFAULTS, model.weights());
    float[][] carried = new float[2][15];
    Tape tape = Tape.training(Kernels.get());
    int[] text = golden.codes("text");
    Packing packing = Packing.equal(3, 6);
    for (int k = 0; k < 10; k++) {
      tape.reset();
      Values.Codes inputs = Values.Codes.of(chunk(text, 6 * k));
      Values.Codes targets = Values.Codes.of(chunk(text, 6 * k + 1));
      Node[] first = {tape.constant(3, 5, carried[0]), tape.constant(3, 5, carried[1])};
      Layer.Output output = model.forward(tape, packing, inputs, first);
      Node loss = model.loss().sum(tape, output.rows(), targets);
      tape.backward(loss);
      assertThat(loss.value()[0] / 18)
          .as("loss of step " + k)
          .isCloseTo(golden.values("losses")[k], offset(1e-4f));
      List<float[]> gradients = new ArrayList<>();
      for (Weight weight : model.weights()) {
        float[] gradient = tape.gradient(weight).clone();
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] /= 18;
        }
        gradients.add(gradient);
      }
      double norm = Clipping.byNorm(1).clip(gradients);
      assertThat(norm).isCloseTo(golden.values("norms")[k], offset(1e-4));
      Adam.DEFAULTS.step(model.weights(), gradients, state, 0.01);
      for (int s = 0; s < 2; s++) {
        System.arraycopy(output.state()[s].value(), 0, carried[s], 0, 15);
      }
    }
    golden.requireOutput("h_n", carried[0], 1e-4);
    golden.requireOutput("c_n", carried[1], 1e-4);
    for (Weight weight : model.weights()) {
      golden.requireOutput("end." + torchName(weight), weight.values(), 1e-4);
    }
  }

  private static int[] chunk(int[] text, int from) {
    int[] codes = new int[18];
    for (int t = 0; t < 6; t++) {
      for (int b = 0; b < 3; b++) {
        codes[t * 3 + b] = text[b * 61 + from + t];
      }
    }
    return codes;
  }

  private static LanguageModel characterModel(Golden golden) {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell("lstm").withHidden(5);
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(7, 4, LanguageModel.Output.OWN, 0, recurrent), 1);
    model.weights().forEach(w -> w.set(golden.values("start." + torchName(w))));
    return model;
  }

  private static String torchName(Weight weight) {
    return weight.name().replace("rnn.", "lstm.").replace("head.", "dense.");
  }
}
