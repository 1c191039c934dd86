package dev.elman.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.encoding.Labels;
import dev.elman.encoding.Scaler;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Merge;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Window;
import dev.elman.layers.Wiring;
import dev.elman.models.Classifier;
import dev.elman.models.Model;
import dev.elman.tasks.Recordings;
import dev.elman.tasks.SequenceEncoding;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting of a network is read as it was written, and predicts the same. */
class SavedWiringTest {
  private static final RecurrentStack SMALL = RecurrentStack.DEFAULTS.withHidden(4);

  @TempDir Path folder;

  static List<RecurrentStack> networks() {
    List<RecurrentStack> networks = new ArrayList<>(List.of(SMALL, SMALL.withCell("gru")));
    for (Merge merge : Merge.values()) {
      Wiring wiring = Wiring.DEFAULTS.withMerge(merge);
      networks.add(SMALL.withWiring(wiring.withDirections(RecurrentStack.Directions.BOTH)));
    }
    for (Wiring.Connections connections : Wiring.Connections.values()) {
      Wiring wiring = Wiring.DEFAULTS.withConnections(connections);
      networks.add(SMALL.withLayers(2).withWiring(wiring));
    }
    networks.add(SMALL.withWiring(Wiring.DEFAULTS.withDenseIn(List.of(3, 5))));
    networks.add(SMALL.withWiring(Wiring.DEFAULTS.withDenseOut(List.of(6))));
    networks.add(SMALL.withFirstState(RecurrentStack.FirstState.LEARNED));
    RecurrentStack window = SMALL.withCell(Window.NAME).withHidden(40);
    networks.add(window);
    networks.add(window.withTau(2).withFirstState(RecurrentStack.FirstState.LEARNED));
    networks.add(window.withTau(1));
    return networks;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aNetworkIsReadAsItWasWritten(RecurrentStack network) {
    requireSame(network, Pooling.LAST);
  }

  @Test
  void attentionPoolingIsReadAsItWasWritten() {
    requireSame(SMALL, Pooling.ATTENTION);
  }

  @Test
  void whatIsUsualIsWrittenAsItWasBeforeThereWasAChoice() throws IOException {
    save(SMALL, Pooling.LAST);
    assertThat(Files.readString(folder.resolve("model.json")))
        .doesNotContain("merge", "connections", "dense_", "tau", "first_state");
  }

  private void requireSame(RecurrentStack network, Pooling pooling) {
    Classifier model = save(network, pooling);
    TrainedClassifier read = (TrainedClassifier) SavedModel.read(folder).trained();
    assertThat(read.model().settings()).isEqualTo(model.settings());
    assertThat(predicted(read.model())).isEqualTo(predicted(model));
  }

  private Classifier save(RecurrentStack network, Pooling pooling) {
    Classifier model = new Classifier(new Classifier.Settings(0, 2, 3, pooling, 0, network), 5);
    RandomStream random = RandomStream.of(2, "weights");
    for (Weight weight : model.weights()) { // no two alike: first states, too
      weight.update(
          values -> {
            for (int i = 0; i < values.length; i++) {
              values[i] = random.uniform(-1, 1);
            }
          });
    }
    SequenceEncoding encoding =
        new SequenceEncoding.Scaled(
            new Scaler(List.of(0.0, 0.0), List.of(1.0, 1.0)),
            Recordings.Form.TABLES,
            List.of("x", "y"));
    Labels labels = new Labels(List.of("a", "b", "c"));
    new SavedModel(new TrainedClassifier(model, encoding, labels, "label"), Map.of()).write(folder);
    return model;
  }

  private static float[] predicted(Model model) {
    Tape tape = Tape.inference(Kernels.get());
    Values inputs = Values.Numbers.of(2, 1, 2, -1, 0.5f, 0.25f, 3, -2, 1, 0, 1, 0.75f, -1);
    var output = model.forward(tape, Packing.of(4, 2), inputs, model.firstState(tape, 2));
    return Arrays.copyOf(output.rows().value(), 2 * 3);
  }
}
