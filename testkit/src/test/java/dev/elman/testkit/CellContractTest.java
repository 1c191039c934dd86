package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.Recurrent;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every cell promises, held against every cell there is. */
class CellContractTest {
  private static final Packing PACKING = Samples.PACKING;

  static List<String> cells() {
    return Samples.cells().stream().map(Cell::name).toList();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void fusedFormIsTheDefinition(String name) {
    Cell cell = Cells.named(name);
    Results fused = run(Samples.recurrent(cell, Samples.D, "_l0"));
    Results steps = run(Samples.recurrent(new StepOnly(cell), Samples.D, "_l0"));
    requireClose(fused, steps);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void equationsInDoublePrecisionAgree(String name) {
    Recurrent layer = Samples.recurrent(Cells.named(name), Samples.D, "_l0");
    List<GradientCheck.Input> inputs = Samples.inputs(layer, PACKING);
    Results found = run(layer);
    double[] all = ReferenceLoss.numbers(layer, inputs);
    ReferenceLoss loss = new ReferenceLoss(name, layer, PACKING);
    double[] outputs = loss.outputs(all);
    for (int i = 0; i < outputs.length; i++) {
      assertThat((double) found.rows()[i]).as("output %d", i).isCloseTo(outputs[i], offset(1e-5));
    }
    double[] gradient = loss.gradient(all);
    double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < all.length; i++) {
      assertThat((double) found.gradients()[i])
          .as("gradient of %s", loss.name(i))
          .isCloseTo(gradient[i], offset(1e-4 * largest));
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void chunksWithCarriedStateAreTheWhole(String name) {
    Recurrent layer = Samples.recurrent(Cells.named(name), Samples.D, "_l0");
    Packing whole = Packing.equal(2, 7);
    List<GradientCheck.Input> inputs = Samples.inputs(layer, whole);
    Tape tape = Tape.inference(Kernels.get());
    Layer.Output once = Samples.run(tape, layer, whole, Samples.nodes(tape, inputs));
    float[] x = inputs.get(0).values();
    Node[] state = Arrays.copyOfRange(Samples.nodes(tape, inputs), 1, 1 + layer.states().length);
    int done = 0;
    for (int steps : new int[] {3, 1, 3}) {
      int from = done * 2 * Samples.D;
      float[] part = Arrays.copyOfRange(x, from, from + steps * 2 * Samples.D);
      Node chunk = tape.constant(2 * steps, Samples.D, part);
      Layer.Output output = layer.forward(tape, Packing.equal(2, steps), chunk, state);
      int size = output.rows().size();
      int at = done * 2 * Samples.H;
      assertThat(Arrays.copyOf(output.rows().value(), size))
          .isEqualTo(Arrays.copyOfRange(once.rows().value(), at, at + size));
      state = output.state();
      done += steps;
    }
    for (int s = 0; s < state.length; s++) {
      int size = state[s].size();
      assertThat(Arrays.copyOf(state[s].value(), size))
          .isEqualTo(Arrays.copyOf(once.state()[s].value(), size));
    }
  }

  /** Outputs, and gradients of the weights, the inputs and the first state, one after another. */
  private record Results(float[] rows, float[] gradients) {}

  private static Results run(Recurrent layer) {
    List<GradientCheck.Input> inputs = Samples.inputs(layer, PACKING);
    Tape tape = Tape.training(Kernels.get());
    Node[] nodes = Samples.nodes(tape, inputs);
    Layer.Output output = Samples.run(tape, layer, PACKING, nodes);
    tape.backward(ReferenceLoss.on(tape, output));
    float[] gradients = new float[0];
    for (Weight weight : layer.weights()) {
      gradients = join(gradients, tape.gradient(weight), weight.size());
    }
    for (Node node : nodes) {
      gradients = join(gradients, node.gradient(), node.size());
    }
    return new Results(Arrays.copyOf(output.rows().value(), output.rows().size()), gradients);
  }

  private static float[] join(float[] a, float[] b, int size) {
    float[] both = Arrays.copyOf(a, a.length + size);
    System.arraycopy(b, 0, both, a.length, size);
    return both;
  }

  private static void requireClose(Results a, Results b) {
    for (int i = 0; i < a.rows().length; i++) {
      assertThat(a.rows()[i]).as("output %d", i).isCloseTo(b.rows()[i], offset(1e-5f));
    }
    for (int i = 0; i < a.gradients().length; i++) {
      assertThat(a.gradients()[i]).as("gradient %d", i).isCloseTo(b.gradients()[i], offset(1e-4f));
    }
  }
}
