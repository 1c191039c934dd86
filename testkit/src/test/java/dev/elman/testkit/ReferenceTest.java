package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recurrent networks are their equations in double precision, forwards and backwards. */
class ReferenceTest {
  private static final int[] LENGTHS = {5, 3, 3, 1};
  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;
  private static final Map<String, ReferenceCell> CELLS =
      Map.of(
          "lstm", ReferenceCell.LSTM,
          "gru", ReferenceCell.GRU,
          "rnn", ReferenceCell.RNN,
          "rnn-relu", ReferenceCell.RNN_RELU);

  @ParameterizedTest(name = "{0}, {1} layers, {2}")
  @CsvSource({
    "lstm, 1, FORWARD", "lstm, 2, FORWARD", "lstm, 1, BOTH", "lstm, 2, BOTH",
    "gru, 1, FORWARD", "gru, 2, FORWARD", "gru, 1, BOTH", "gru, 2, BOTH",
    "rnn, 1, FORWARD", "rnn, 2, FORWARD", "rnn, 1, BOTH", "rnn, 2, BOTH",
    "rnn-relu, 1, FORWARD", "rnn-relu, 2, FORWARD", "rnn-relu, 1, BOTH", "rnn-relu, 2, BOTH"
  })
  void outputsStatesAndGradientsAreThoseOfTheEquations(
      String cell, int layers, RecurrentStack.Directions directions) {
    Stacked stack =
        new RecurrentStack(
                cell,
                HIDDEN,
                layers,
                directions,
                0,
                Dropout.Mask.EACH_TOKEN,
                Initialisation.PYTORCH)
            .build("", INPUTS, 1);
    Probe.scatter(stack.weights(), 0.8f);
    Probe probe = Probe.of(stack, LENGTHS);
    LayerRun run = LayerRun.of(stack, probe);

    int both = directions == RecurrentStack.Directions.BOTH ? 2 : 1;
    ReferenceSequence reference = new ReferenceSequence(CELLS.get(cell), HIDDEN, layers, both);
    List<double[]> arguments = new ArrayList<>();
    for (Weight weight : stack.weights()) {
      arguments.add(ReferenceGradient.widen(weight.values()));
    }
    arguments.add(ReferenceGradient.widen(probe.x()));
    for (float[] state : probe.state()) {
      arguments.add(ReferenceGradient.widen(state));
    }
    int weights = stack.weights().size();
    ReferenceSequence.Result result = run(reference, arguments, weights);
    requireClose("rows", run.rows(), result.rows(), 1e-5);
    for (int s = 0; s < run.state().size(); s++) {
      requireClose("last state " + s, run.state().get(s), result.state()[s], 1e-5);
    }
    List<double[]> gradient =
        ReferenceGradient.of(a -> loss(run(reference, a, weights)), arguments);
    for (int k = 0; k < gradient.size(); k++) {
      double largest = 0;
      for (double number : gradient.get(k)) {
        largest = Math.max(largest, Math.abs(number));
      }
      String what = k < weights ? stack.weights().get(k).name() : "input " + (k - weights);
      requireClose(what, run.gradients().get(k), gradient.get(k), 1e-4 * largest);
    }
  }

  private static ReferenceSequence.Result run(
      ReferenceSequence reference, List<double[]> arguments, int weights) {
    double[][] first = arguments.subList(weights + 1, arguments.size()).toArray(new double[0][]);
    return reference.run(arguments, LENGTHS, arguments.get(weights), first);
  }

  /** The loss of {@link LayerRun}. */
  private static double loss(ReferenceSequence.Result result) {
    double loss = dot(result.rows(), 0);
    for (int s = 0; s < result.state().length; s++) {
      loss += dot(result.state()[s], 1 + s);
    }
    return loss;
  }

  private static double dot(double[] numbers, int output) {
    float[] factors = LayerRun.factors(output, numbers.length);
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += factors[i] * numbers[i];
    }
    return sum;
  }

  private static void requireClose(String what, float[] found, double[] expected, double error) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("%s, number %d", what, i)
          .isCloseTo(expected[i], offset(error));
    }
  }
}
