package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.cells.Cells;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Bidirectional;
import dev.elman.layers.Layer;
import dev.elman.layers.Merge;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Residual;
import dev.elman.layers.Skip;
import dev.elman.layers.Stacked;
import dev.elman.layers.Window;
import dev.elman.layers.Wiring;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What wirings of layers compute, by their equations. */
class WiringTest {
  private static final Packing PACKING = Packing.of(6, 4, 4, 1);
  private static final RecurrentStack SMALL = RecurrentStack.DEFAULTS.withHidden(4);

  @ParameterizedTest
  @EnumSource(Merge.class)
  void bothDirectionsAreMergedTokenByToken(Merge merge) {
    Layer ahead = AllLayers.recurrent(Cells.named("gru"), "_l0", 3, 4);
    Layer back = AllLayers.recurrent(Cells.named("lstm"), "_l0_reverse", 3, 4);
    Tape tape = Tape.inference(Kernels.get());
    Node x = input(tape, 3);
    Node rows = run(tape, new Bidirectional(ahead, back, merge), x);
    Node turned = Slices.gather(tape, x, PACKING.reversed(), PACKING.tokens());
    float[] fromStart = run(tape, ahead, x).value();
    float[] fromEnd = run(tape, back, turned).value();
    for (int i = 0; i < PACKING.tokens(); i++) {
      float[] expected =
          merged(merge, Cuts.row(fromStart, i, 4), Cuts.row(fromEnd, PACKING.reversed()[i], 4));
      assertThat(Cuts.row(rows.value(), i, expected.length)).isEqualTo(expected);
    }
    float[] last = Pooling.LAST.pool(tape, PACKING, rows).value();
    for (int b = 0; b < PACKING.sequences(); b++) { // each direction's own last row
      int at = PACKING.lastRow(b);
      float[] expected = merged(merge, Cuts.row(fromStart, at, 4), Cuts.row(fromEnd, at, 4));
      assertThat(Cuts.row(last, b, expected.length)).isEqualTo(expected);
    }
  }

  private static float[] merged(Merge merge, float[] a, float[] b) {
    float[] y = Arrays.copyOf(a, merge == Merge.CONCATENATE ? 8 : 4);
    for (int j = 0; j < 4; j++) {
      switch (merge) {
        case CONCATENATE -> y[4 + j] = b[j];
        case SUM -> y[j] = a[j] + b[j];
        case AVERAGE -> y[j] = Math.fma(0.5f, b[j], 0.5f * a[j]);
        case PRODUCT -> y[j] = a[j] * b[j];
      }
    }
    return y;
  }

  @Test
  void theLastStateGoesThroughAllThatStandsOnTop() {
    Bidirectional both = AllLayers.both(Cells.named("gru"), "_l0", 4, 2);
    Tape tape = Tape.inference(Kernels.get());
    Node x = input(tape, 4);
    float[] own = pooled(tape, both, x, 4);
    float[] lastRow = Pooling.LAST.pool(tape, PACKING, x).value();
    float[] added = pooled(tape, new Residual(both), x, 4);
    float[] beside = pooled(tape, new Skip(both), x, 8);
    for (int b = 0; b < 4; b++) {
      for (int j = 0; j < 4; j++) {
        float input = lastRow[4 * b + j];
        assertThat(added[4 * b + j]).isEqualTo(input + own[4 * b + j]);
        assertThat(beside[8 * b + j]).isEqualTo(input);
        assertThat(beside[8 * b + 4 + j]).isEqualTo(own[4 * b + j]);
      }
    }
    Wiring wiring =
        Wiring.DEFAULTS
            .withDirections(RecurrentStack.Directions.BOTH)
            .withDenseOut(List.of(3))
            .withMerge(Merge.SUM);
    Stacked deep = SMALL.withWiring(wiring).build("rnn.", 4, 1);
    Layer dense = deep.layers().get(1);
    Node below = Pooling.LAST.pool(tape, PACKING, run(tape, deep.layers().get(0), x));
    Packing rows = Packing.equal(4, 1);
    Node expected = dense.forward(tape, rows, below, new Node[0]).rows();
    assertThat(pooled(tape, deep, x, 3)).isEqualTo(Arrays.copyOf(expected.value(), 12));
  }

  private static float[] pooled(Tape tape, Layer layer, Node x, int columns) {
    float[] rows = Pooling.LAST.pool(tape, PACKING, run(tape, layer, x)).value();
    return Arrays.copyOf(rows, PACKING.sequences() * columns);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void aWindowNetworkIsItsEquation(int tau) {
    Stacked layer = SMALL.withCell(Window.NAME).withTau(tau).build("", 3, 1);
    Probe.scatter(layer.weights(), 0.8f);
    float[] w = layer.weights().get(0).values(); // [4, tau·3]
    float[] bias = layer.weights().get(1).values();
    Tape tape = Tape.inference(Kernels.get());
    Node x = input(tape, 3);
    Node rows = run(tape, layer, x);
    for (int b = 0; b < PACKING.sequences(); b++) {
      for (int t = 0; t < PACKING.length(b); t++) {
        for (int j = 0; j < 4; j++) { // tanh(W·[x_{t-tau+1} ... x_t] + b)
          double sum = bias[j];
          for (int k = 0; k < tau; k++) {
            int step = t - tau + 1 + k;
            for (int i = 0; i < 3 && step >= 0; i++) {
              double weight = w[(j * tau + k) * 3 + i];
              sum += weight * x.value()[PACKING.row(step, b) * 3 + i];
            }
          }
          assertThat(rows.value()[PACKING.row(t, b) * 4 + j])
              .isCloseTo((float) Math.tanh(sum), offset(1e-6f));
        }
      }
    }
  }

  @Test
  void skipConnectionsJoinTheInputAndEveryLayerBelow() {
    Wiring wiring = Wiring.DEFAULTS.withConnections(Wiring.Connections.SKIP);
    Stacked stack = SMALL.withLayers(3).withWiring(wiring).build("rnn.", 3, 1);
    assertThat(stack.layers()).extracting(Layer::inputs).containsExactly(3, 7, 11);
    assertThat(stack.outputs()).isEqualTo(15);
    Tape tape = Tape.inference(Kernels.get());
    Node x = input(tape, 3);
    float[] all = run(tape, stack, x).value();
    float[] lower = run(tape, new Stacked(stack.layers().subList(0, 2)), x).value();
    for (int i = 0; i < PACKING.tokens(); i++) {
      assertThat(Arrays.copyOf(Cuts.row(all, i, 15), 11)).isEqualTo(Cuts.row(lower, i, 11));
      assertThat(Arrays.copyOf(Cuts.row(all, i, 15), 3)).isEqualTo(Cuts.row(x.value(), i, 3));
    }
  }

  @Test
  void residualConnectionsAddWhereWidthsAgree() {
    Wiring wiring = Wiring.DEFAULTS.withConnections(Wiring.Connections.RESIDUAL);
    Stacked stack = SMALL.withLayers(2).withWiring(wiring).build("rnn.", 3, 1);
    assertThat(stack.layers().get(0)).isNotInstanceOf(Residual.class);
    assertThat(stack.layers().get(1)).isInstanceOf(Residual.class);
    Tape tape = Tape.inference(Kernels.get());
    Node x = input(tape, 3);
    Layer upper = ((Residual) stack.layers().get(1)).inner();
    Node below = run(tape, stack.layers().get(0), x);
    Node own = run(tape, upper, below);
    Node sum = run(tape, stack, x);
    for (int i = 0; i < sum.size(); i++) {
      assertThat(sum.value()[i]).isEqualTo(below.value()[i] + own.value()[i]);
    }
    assertThatThrownBy(() -> SMALL.withWiring(wiring).build("rnn.", 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "Residual connections: expected a layer with as many outputs as inputs")
        .hasMessageContaining("Use --layers 2 or more");
    assertThatThrownBy(() -> new Residual(AllLayers.recurrent(Cells.named("gru"), "_l0", 3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Residual layer: expected [N, 3], got [N, 4]. It adds its output");
  }

  @Test
  void directionsOfUnequalWidthsAreRefusedButSideBySide() {
    Layer ahead = AllLayers.recurrent(Cells.named("gru"), "_l0", 3, 4);
    Layer back = AllLayers.recurrent(Cells.named("gru"), "_l0_reverse", 3, 5);
    assertThat(new Bidirectional(ahead, back).outputs()).isEqualTo(9);
    assertThatThrownBy(() -> new Bidirectional(ahead, back, Merge.SUM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Merge SUM: expected two layers of equal outputs, got 4 and 5. Make them equally wide,"
                + " or merge by CONCATENATE.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", Window.NAME})
  void learnedFirstStatesHaveTheGradientsOfFiniteDifferences(String cell) {
    RecurrentStack learned =
        SMALL.withCell(cell).withLayers(2).withFirstState(RecurrentStack.FirstState.LEARNED);
    List<Layer> layers =
        List.of(
            learned.build("rnn.", 3, 1),
            learned.withRecompute(2).build("rnn.", 3, 1),
            learned.withDirections(RecurrentStack.Directions.BOTH).build("rnn.", 3, 1));
    for (Layer layer : layers) {
      List<Weight> first =
          layer.weights().stream().filter(w -> w.name().contains("first_state")).toList();
      assertThat(first).hasSize(layer.states().length);
      assertThat(first).allSatisfy(w -> assertThat(w.values()).containsOnly(0));
      Probe.scatter(layer.weights(), 0.8f);
      new GradientCheck(first, List.of(GradientCheck.Input.random("x", PACKING.tokens(), 3)))
          .check(
              cell,
              (tape, nodes) -> {
                Node[] state = layer.firstState(tape, PACKING.sequences());
                Layer.Output output = layer.forward(tape, PACKING, nodes[0], state);
                List<Node> results = new ArrayList<>(List.of(output.state()));
                results.add(output.rows());
                return results;
              });
    }
  }

  private static Node input(Tape tape, int columns) {
    int n = PACKING.tokens();
    return tape.constant(n, columns, Probe.numbers("x", n * columns));
  }

  private static Node run(Tape tape, Layer layer, Node x) {
    Node[] state = layer.firstState(tape, PACKING.sequences());
    return layer.forward(tape, PACKING, x, state).rows();
  }
}
