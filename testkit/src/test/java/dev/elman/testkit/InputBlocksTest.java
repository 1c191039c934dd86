package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.StreamState;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Inference keeps the gates of a block of steps only, training those of all: the same rows and last
 * states, to the bit, where the blocks are many and their edges fall between other steps.
 */
class InputBlocksTest {
  private static final int INPUTS = 5;

  @ParameterizedTest
  @CsvSource({"lstm,30", "gru,30", "rnn,30", "lstm,150", "gru,150", "rnn,600"})
  void inferenceIsForwardTraining(String cell, int hidden) {
    int[] many = IntStream.range(0, 7).map(b -> 90 - 11 * b).toArray(); // input and state joined
    int[] few = {90, 79, 68};
    int[] one = {260};
    for (int[] each : new int[][] {many, few, one}) {
      Packing packing = Packing.of(each);
      Layer layer =
          RecurrentStack.DEFAULTS
              .withCell(cell)
              .withHidden(hidden)
              .withLayers(2)
              .build("rnn.", INPUTS, 3);
      float[] x = new float[packing.tokens() * INPUTS];
      RandomStream random = RandomStream.of(4, "inputs");
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextGaussian();
      }
      float[][] expected = run(layer, Tape.training(Kernels.get()), packing, x);
      for (int b = 0; b < each.length && each[b] < 96; b++) { // alone, in one block
        float[] own = rowsOf(packing, x, INPUTS, b);
        float[][] alone = run(layer, Tape.training(Kernels.get()), Packing.of(each[b]), own);
        assertThat(rowsOf(packing, expected[0], hidden, b)).isEqualTo(alone[0]);
      }
      for (int count : new int[] {1, 2, 3}) {
        try (Threads threads = new Threads(count)) {
          Tape tape = Tape.inference(Kernels.get());
          tape.threads(threads);
          assertThat(run(layer, tape, packing, x)).isDeepEqualTo(expected);
        }
      }
    }
  }

  /** Both are packed beside each other. */
  @ParameterizedTest
  @CsvSource({"lstm,weight_hh", "lstm,weight_ih", "rnn,weight_hh", "rnn,weight_ih"})
  void aChangeOfOneWeightIsSeen(String cell, String changed) {
    RecurrentStack stack = RecurrentStack.DEFAULTS.withCell(cell).withHidden(20);
    Layer layer = stack.build("rnn.", INPUTS, 3);
    Packing packing = Packing.of(6, 6, 5, 5, 4);
    float[] x = Probe.numbers("inputs", packing.tokens() * INPUTS);
    Tape tape = Tape.inference(Kernels.get());
    float[][] before = run(layer, tape, packing, x);
    for (Weight weight : layer.weights()) {
      if (weight.name().contains(changed)) {
        weight.update(values -> values[7] += 1);
      }
    }
    Layer other = stack.build("rnn.", INPUTS, 3);
    for (int w = 0; w < layer.weights().size(); w++) {
      Weight from = layer.weights().get(w);
      other.weights().get(w).update(v -> System.arraycopy(from.values(), 0, v, 0, from.size()));
    }
    tape.reset();
    float[][] after = run(layer, tape, packing, x);
    assertThat(after[0]).isNotEqualTo(before[0]);
    assertThat(after).isDeepEqualTo(run(other, Tape.inference(Kernels.get()), packing, x));
  }

  /** Of weights that are not small, input and state are joined in a single step alone. */
  @ParameterizedTest
  @CsvSource({"lstm,150", "gru,150", "rnn,300", "lstm,8"})
  void aSingleStepIsThatOfTheSequence(String cell, int hidden) {
    Layer layer =
        RecurrentStack.DEFAULTS.withCell(cell).withHidden(hidden).build("rnn.", INPUTS, 3);
    Packing packing = Packing.of(6, 6, 6);
    float[] x = Probe.numbers("inputs", packing.tokens() * INPUTS);
    float[] whole = run(layer, Tape.inference(Kernels.get()), packing, x)[0];
    float[] firstRows = Arrays.copyOf(x, 3 * INPUTS);
    float[][] one = run(layer, Tape.inference(Kernels.get()), Packing.of(1, 1, 1), firstRows);
    assertThat(one[0]).isEqualTo(Arrays.copyOf(whole, 3 * hidden));
    Layer.Stepper stepper = layer.stepper(new StreamState());
    for (int t = 0; t < 6; t++) {
      assertThat(stepper.step(Cuts.row(x, packing.row(t, 1), INPUTS)))
          .as("step " + t)
          .containsExactly(Cuts.row(whole, packing.row(t, 1), hidden));
    }
  }

  private static float[] rowsOf(Packing packing, float[] rows, int columns, int b) {
    float[] own = new float[packing.length(b) * columns];
    for (int t = 0; t < packing.length(b); t++) {
      System.arraycopy(rows, packing.row(t, b) * columns, own, t * columns, columns);
    }
    return own;
  }

  private static float[][] run(Layer layer, Tape tape, Packing packing, float[] x) {
    Node[] first = new Node[layer.states().length];
    Arrays.setAll(first, s -> tape.zeros(packing.sequences(), layer.states()[s]));
    Layer.Output output =
        layer.forward(tape, packing, tape.constant(packing.tokens(), INPUTS, x), first);
    float[][] numbers = new float[1 + output.state().length][];
    numbers[0] = Arrays.copyOf(output.rows().value(), output.rows().size());
    for (int s = 1; s < numbers.length; s++) {
      Node state = output.state()[s - 1];
      numbers[s] = Arrays.copyOf(state.value(), state.size());
    }
    return numbers;
  }
}
