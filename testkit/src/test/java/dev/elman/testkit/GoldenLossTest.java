package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Dense;
import dev.elman.layers.Embedding;
import dev.elman.losses.Bernoulli;
import dev.elman.losses.CrossEntropy;
import dev.elman.losses.Gaussian;
import dev.elman.losses.GaussianMixture;
import dev.elman.losses.Loss;
import dev.elman.losses.PointLoss;
import dev.elman.losses.QuantileLoss;
import dev.elman.tensor.Weight;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses, dense layer and embedding give PyTorch's values and gradients. */
class GoldenLossTest {
  private static final Map<String, Loss> LOSSES =
      Map.of(
          "cross_entropy",
          CrossEntropy.PLAIN,
          "cross_entropy_smoothing",
          new CrossEntropy(0.1),
          "mse",
          PointLoss.SQUARED,
          "l1",
          PointLoss.ABSOLUTE,
          "huber",
          PointLoss.huber(0.7),
          "bce_with_logits",
          PointLoss.BERNOULLI,
          "bernoulli",
          new Bernoulli(3),
          "gaussian",
          new Gaussian(2),
          "gaussian_mixture",
          new GaussianMixture(2, 3),
          "pinball",
          new QuantileLoss(List.of(0.1, 0.5, 0.75)));

  static List<String> losses() {
    return LOSSES.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valueAndGradientAreThoseOfPyTorch(String name) {
    Golden golden = new Golden(name);
    Loss loss = LOSSES.get(name);
    Tape tape = Tape.training(Kernels.get());
    int[] shape = golden.shape("input");
    Node x = tape.input(shape[0], shape[1], golden.values("input"));
    Values targets =
        loss instanceof CrossEntropy
            ? Values.Codes.of(golden.codes("target"))
            : Values.Numbers.of(golden.values("target").length / shape[0], golden.values("target"));

    Node sum = loss.sum(tape, x, targets);
    tape.backward(sum);

    int terms = loss.terms(x, targets);
    float mean = golden.values("loss")[0];
    assertThat(sum.value()[0] / terms).isCloseTo(mean, offset(1e-5f * Math.max(1, mean / 10)));
    float[] gradient = x.gradient();
    for (int i = 0; i < x.size(); i++) {
      gradient[i] /= terms;
    }
    golden.requireGradient("grad.input", gradient, 1e-4);
  }

  @Test
  void denseLayerIsThatOfPyTorch() {
    Golden golden = new Golden("linear");
    Weight weight = new Weight("weight", 4, 3);
    Weight bias = new Weight("bias", 4);
    weight.set(golden.values("weight"));
    bias.set(golden.values("bias"));
    Tape tape = Tape.training(Kernels.get());
    Node x = tape.input(7, 3, golden.values("input"));

    Node y = new Dense(weight, bias).forward(tape, x);

    golden.requireOutput("output", y.value(), 1e-5);
    tape.backward(weighted(tape, golden, y));
    golden.requireGradient("grad.weight", tape.gradient(weight), 1e-4);
    golden.requireGradient("grad.bias", tape.gradient(bias), 1e-4);
    golden.requireGradient("grad.input", x.gradient(), 1e-4);
  }

  @Test
  void embeddingIsThatOfPyTorch() {
    Golden golden = new Golden("embedding");
    Weight weight = new Weight("weight", 6, 4);
    weight.set(golden.values("weight"));
    Tape tape = Tape.training(Kernels.get());

    Node y = new Embedding(weight).forward(tape, Values.Codes.of(golden.codes("input")));

    golden.requireOutput("output", y.value(), 0);
    tape.backward(weighted(tape, golden, y));
    golden.requireGradient("grad.weight", tape.gradient(weight), 1e-4);
  }

  private static Node weighted(Tape tape, Golden golden, Node y) {
    Equations e = new Equations(tape);
    return e.sum(e.multiply(y, tape.constant(y.rows(), y.columns(), golden.values("loss.output"))));
  }
}
