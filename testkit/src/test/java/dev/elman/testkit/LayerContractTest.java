package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Dropout;
import dev.elman.layers.Layer;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.tensor.RandomStream;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer promises, held against every layer in {@link Samples}. */
class LayerContractTest {
  private static final Packing PACKING = Samples.PACKING;

  static Set<String> layers() {
    return Samples.layers().keySet();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsAreThoseOfFiniteDifferences(String name) {
    Layer layer = Samples.layers().get(name);
    new GradientCheck(layer.weights(), Samples.inputs(layer, PACKING))
        .check(
            (tape, inputs) -> {
              Layer.Output output = Samples.run(tape, layer, PACKING, inputs);
              List<Node> results = new ArrayList<>(List.of(output.rows()));
              results.addAll(Arrays.asList(output.state()));
              return results;
            });
  }

  @ParameterizedTest
  @MethodSource("layers")
  void packedSequencesAreEachSequenceAlone(String name) {
    Layer layer = Samples.layers().get(name);
    List<GradientCheck.Input> inputs = Samples.inputs(layer, PACKING);
    Tape tape = Tape.inference(Kernels.get());
    Layer.Output together = Samples.run(tape, layer, PACKING, Samples.nodes(tape, inputs));
    for (int b = 0; b < PACKING.sequences(); b++) {
      Tape own = Tape.inference(Kernels.get());
      Layer.Output alone =
          Samples.run(
              own, layer, Packing.of(PACKING.length(b)), alone(own, inputs, b, layer.inputs()));
      for (int t = 0; t < PACKING.length(b); t++) {
        assertThat(row(alone.rows(), t))
            .as("sequence %d, step %d", b, t)
            .isEqualTo(row(together.rows(), PACKING.row(t, b)));
      }
      for (int s = 0; s < alone.state().length; s++) {
        assertThat(row(alone.state()[s], 0)).isEqualTo(row(together.state()[s], b));
      }
    }
  }

  private static Node[] alone(Tape tape, List<GradientCheck.Input> inputs, int b, int width) {
    Node[] nodes = new Node[inputs.size()];
    nodes[0] = tape.constant(PACKING.length(b), width);
    for (int t = 0; t < PACKING.length(b); t++) {
      System.arraycopy(
          inputs.get(0).values(), PACKING.row(t, b) * width, nodes[0].value(), t * width, width);
    }
    for (int s = 1; s < nodes.length; s++) {
      GradientCheck.Input state = inputs.get(s);
      int columns = state.columns();
      nodes[s] =
          tape.constant(
              1, columns, Arrays.copyOfRange(state.values(), b * columns, (b + 1) * columns));
    }
    return nodes;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void twoThreadsGetWhatOneGets(String name) {
    Layer layer = Samples.layers().get(name);
    List<GradientCheck.Input> inputs = Samples.inputs(layer, PACKING);
    float[] one = outputs(layer, inputs);
    List<CompletableFuture<float[]>> two =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> outputs(layer, inputs)))
            .limit(8)
            .toList();
    two.forEach(future -> assertThat(future.join()).isEqualTo(one));
  }

  private static float[] outputs(Layer layer, List<GradientCheck.Input> inputs) {
    Tape tape = Tape.inference(Kernels.get());
    Node rows = Samples.run(tape, layer, PACKING, Samples.nodes(tape, inputs)).rows();
    return Arrays.copyOf(rows.value(), rows.size());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void stackOfOneIsTheLayer(String name) {
    Layer layer = Samples.layers().get(name);
    List<GradientCheck.Input> inputs = Samples.inputs(layer, PACKING);
    assertThat(outputs(new Stacked(List.of(layer)), inputs)).isEqualTo(outputs(layer, inputs));
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void poolingHasTheGradientsOfFiniteDifferences(Pooling pooling) {
    for (RecurrentStack.Directions directions : RecurrentStack.Directions.values()) {
      new GradientCheck(List.of(), List.of(GradientCheck.Input.random("x", PACKING.tokens(), 4)))
          .check((tape, x) -> List.of(pooling.pool(tape, PACKING, x[0], directions)));
    }
  }

  @Test
  void reversingTwiceIsNothing() {
    Tape tape = Tape.inference(Kernels.get());
    GradientCheck.Input x = GradientCheck.Input.random("x", PACKING.tokens(), 2);
    Node once =
        Slices.gather(tape, tape.constant(x.rows(), 2, x.values()), PACKING.reversed(), x.rows());
    Node twice = Slices.gather(tape, once, PACKING.reversed(), x.rows());
    assertThat(Arrays.copyOf(once.value(), x.values().length)).isNotEqualTo(x.values());
    assertThat(Arrays.copyOf(twice.value(), x.values().length)).isEqualTo(x.values());
  }

  @Test
  void inputOfAnotherWidthIsRefused() {
    Layer layer = Samples.layers().get("Recurrent lstm");
    Tape tape = Tape.inference(Kernels.get());
    Node x = tape.zeros(PACKING.tokens(), Samples.D + 1);
    Node[] state = layer.zeroState(tape, PACKING.sequences());
    assertThatThrownBy(() -> layer.forward(tape, PACKING, x, state))
        .hasMessageContaining("expected [15, 3], got [15, 4]")
        .hasMessageContaining("Was the model made for other data?");
  }

  @Test
  void dropoutDropsItsShareInTrainingAlone() {
    Dropout dropout = new Dropout(100, 0.3, Dropout.Mask.EACH_TOKEN);
    Packing packing = Packing.equal(20, 50);
    Tape training = Tape.training(Kernels.get());
    training.random(RandomStream.of(1, "dropout"));
    float[] ones = new float[packing.tokens() * 100];
    Arrays.fill(ones, 1);
    Node x = training.input(packing.tokens(), 100, ones);
    float[] dropped = dropout.forward(training, packing, x, new Node[0]).rows().value();
    long zeros = 0;
    for (int i = 0; i < ones.length; i++) {
      zeros += dropped[i] == 0 ? 1 : 0;
    }
    assertThat(zeros / (double) ones.length).isBetween(0.29, 0.31);
    Tape inference = Tape.inference(Kernels.get());
    Node same = inference.constant(packing.tokens(), 100, ones);
    assertThat(dropout.forward(inference, packing, same, new Node[0]).rows()).isSameAs(same);
  }

  @Test
  void everyLayerIsInTheList() {
    File classes = new File(Layer.class.getResource("Layer.class").getFile()).getParentFile();
    Set<String> tested =
        Samples.layers().values().stream()
            .map(layer -> layer.getClass().getSimpleName())
            .collect(Collectors.toSet());
    for (File file : classes.listFiles((folder, file) -> file.matches("[A-Za-z]+\\.class"))) {
      Class<?> type = load("dev.elman.layers." + file.getName().replace(".class", ""));
      if (Layer.class.isAssignableFrom(type) && !type.isInterface()) {
        assertThat(tested).as("Samples.layers()").contains(type.getSimpleName());
      }
    }
    assertThat(Map.copyOf(Samples.layers())).hasSizeGreaterThan(tested.size());
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static float[] row(Node node, int i) {
    return Arrays.copyOfRange(node.value(), i * node.columns(), (i + 1) * node.columns());
  }
}
