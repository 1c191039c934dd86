package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.Stacked;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer keeps to, whatever it computes. */
class LayerContractTest {
  private static final int[] LENGTHS = {6, 5, 5, 4, 4, 1}; // so many that products are joined

  static List<AllLayers.Case> layers() {
    return AllLayers.cases();
  }

  static List<AllLayers.Case> causal() {
    return AllLayers.cases().stream().filter(c -> c.layer().causal()).toList();
  }

  @Test
  void everyLayerIsTested() {
    assertThat(Classes.implementing(Layer.class))
        .isSubsetOf(AllLayers.cases().stream().flatMap(c -> parts(c.layer())).toList());
  }

  private static Stream<Class<?>> parts(Layer layer) {
    Stream<Class<?>> self = Stream.of(layer.getClass());
    return layer instanceof Stacked stack
        ? Stream.concat(self, stack.layers().stream().flatMap(LayerContractTest::parts))
        : self;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsAreThoseOfFiniteDifferences(AllLayers.Case c) {
    Probe probe = Probe.of(c.layer(), LENGTHS);
    new GradientCheck(c.layer().weights(), probe.inputs(c.layer()))
        .check(c.name(), (tape, nodes) -> probe.forward(c.layer(), tape, nodes));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void blameIsAddedToWhatOthersLeft(AllLayers.Case c) {
    Probe probe = Probe.of(c.layer(), 3, 2);
    new GradientCheck(c.layer().weights(), probe.inputs(c.layer()))
        .check(
            c.name(),
            (tape, nodes) -> {
              List<Node> results = new ArrayList<>(probe.forward(c.layer(), tape, nodes));
              results.addAll(probe.forward(c.layer(), tape, nodes)); // with the same weights
              results.addAll(List.of(nodes));
              return results;
            });
  }

  @ParameterizedTest
  @MethodSource("layers")
  void blameFlowsThroughEachStateTensorAlone(AllLayers.Case c) {
    Probe probe = Probe.of(c.layer(), LENGTHS);
    for (int s = 0; s < c.layer().states().length; s++) {
      int output = 1 + s;
      new GradientCheck(c.layer().weights(), probe.inputs(c.layer()))
          .check(
              c.name(),
              (tape, nodes) -> List.of(probe.forward(c.layer(), tape, nodes).get(output)));
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aPackedBatchEqualsEachSequenceAlone(AllLayers.Case c) {
    Layer layer = c.layer();
    Probe probe = Probe.of(layer, LENGTHS);
    LayerRun together = LayerRun.of(layer, probe);
    Packing packing = probe.packing();
    for (int b = 0; b < packing.sequences(); b++) {
      Probe alone = Cuts.sequence(probe, layer, b);
      LayerRun single = LayerRun.of(layer, alone);
      for (int t = 0; t < packing.length(b); t++) {
        assertThat(Cuts.row(single.rows(), t, layer.outputs()))
            .as("sequence %d, step %d", b, t)
            .isEqualTo(Cuts.row(together.rows(), packing.row(t, b), layer.outputs()));
      }
      for (int s = 0; s < layer.states().length; s++) {
        assertThat(single.state().get(s))
            .as("last state %d of sequence %d", s, b)
            .isEqualTo(Cuts.row(together.state().get(s), b, layer.states()[s]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("causal")
  void chunksWithCarriedStateEqualTheWhole(AllLayers.Case c) {
    Layer layer = c.layer();
    Probe probe = Probe.of(layer, LENGTHS);
    LayerRun whole = LayerRun.of(layer, probe);
    for (int cut = 1; cut < LENGTHS[0]; cut++) {
      LayerRun early = LayerRun.of(layer, Cuts.before(probe, layer, cut));
      Probe late = Cuts.after(probe, layer, cut, early.state());
      LayerRun rest = LayerRun.of(layer, late);
      int rows = probe.packing().start(cut) * layer.outputs();
      assertThat(early.rows()).isEqualTo(Arrays.copyOf(whole.rows(), rows));
      assertThat(rest.rows())
          .isEqualTo(Arrays.copyOfRange(whole.rows(), rows, whole.rows().length));
      for (int s = 0; s < early.state().size(); s++) {
        float[] joined = early.state().get(s).clone();
        float[] longer = rest.state().get(s);
        System.arraycopy(longer, 0, joined, 0, longer.length);
        assertThat(joined).as("last state %d", s).isEqualTo(whole.state().get(s));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aStackOfOneIsTheLayer(AllLayers.Case c) {
    Probe probe = Probe.of(c.layer(), LENGTHS);
    Layer stack = new Stacked(List.of(c.layer()));
    assertEqual(LayerRun.of(stack, probe), LayerRun.of(c.layer(), probe));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aTapeUsedAgainGivesTheSameBits(AllLayers.Case c) {
    Probe probe = Probe.of(c.layer(), LENGTHS);
    LayerRun fresh = LayerRun.of(c.layer(), probe);
    Tape tape = Tape.training(Kernels.get());
    LayerRun.of(c.layer(), Probe.of(c.layer(), 9, 9, 8, 7, 5, 3), tape); // leaves its numbers
    assertEqual(LayerRun.of(c.layer(), probe, tape), fresh);
    LayerRun.of(c.layer(), Probe.of(c.layer(), 2), tape);
    assertEqual(LayerRun.of(c.layer(), probe, tape), fresh);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void inferenceGivesTheBitsOfTraining(AllLayers.Case c) {
    Probe probe = Probe.of(c.layer(), LENGTHS);
    LayerRun trained = LayerRun.of(c.layer(), probe);
    Tape tape = Tape.inference(Kernels.get());
    tape.random(RandomStream.of(3, "dropout")); // which inference does not draw from
    List<Node> found = probe.forward(c.layer(), tape, probe.nodes(tape, c.layer()));
    assertThat(found).noneMatch(Node::needsGradient);
    assertThat(numbers(found.get(0))).isEqualTo(trained.rows());
    for (int s = 0; s < trained.state().size(); s++) {
      assertThat(numbers(found.get(1 + s))).isEqualTo(trained.state().get(s));
    }
  }

  private static float[] numbers(Node node) {
    return Arrays.copyOf(node.value(), node.size());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void twoThreadsAtOnceGiveTheBitsOfOne(AllLayers.Case c) throws Exception {
    Probe probe = Probe.of(c.layer(), LENGTHS);
    LayerRun expected = LayerRun.of(c.layer(), probe);
    CountDownLatch start = new CountDownLatch(2);
    c.layer().weights().forEach(w -> w.update(v -> {})); // so that both pack the weights anew
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<LayerRun>> runs =
          List.of(0, 1).stream()
              .map(
                  i ->
                      threads.submit(
                          () -> {
                            start.countDown();
                            start.await();
                            LayerRun last = null;
                            for (int k = 0; k < 20; k++) {
                              last = LayerRun.of(c.layer(), probe);
                            }
                            return last;
                          }))
              .toList();
      for (Future<LayerRun> run : runs) {
        assertEqual(run.get(), expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void anInputOfAnotherWidthIsRefused(AllLayers.Case c) {
    Layer layer = c.layer();
    Packing packing = Packing.of(LENGTHS);
    Tape tape = Tape.training(Kernels.get());
    Node wide = tape.zeros(packing.tokens(), layer.inputs() + 1);
    assertThatThrownBy(() -> layer.forward(tape, packing, wide, layer.firstState(tape, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected [")
        .hasMessageContaining(", " + layer.inputs() + "]")
        .hasMessageContaining(", " + (layer.inputs() + 1) + "]")
        .hasMessageEndingWith("?");
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aStateOfTooManyTensorsIsRefused(AllLayers.Case c) {
    Layer layer = c.layer();
    Packing packing = Packing.of(LENGTHS);
    Tape tape = Tape.training(Kernels.get());
    Node x = tape.zeros(packing.tokens(), layer.inputs());
    Node[] more = Arrays.copyOf(layer.firstState(tape, 4), layer.states().length + 1);
    more[more.length - 1] = tape.zeros(4, 5);
    assertThatThrownBy(() -> layer.forward(tape, packing, x, more))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "expected " + layer.states().length + " tensors, got " + more.length + ". Pass");
  }

  private static void assertEqual(LayerRun found, LayerRun expected) {
    List<float[]> ours = found.all();
    List<float[]> theirs = expected.all();
    assertThat(ours).hasSameSizeAs(theirs);
    for (int k = 0; k < ours.size(); k++) {
      assertThat(ours.get(k)).as("array %d", k).isEqualTo(theirs.get(k));
    }
  }
}
