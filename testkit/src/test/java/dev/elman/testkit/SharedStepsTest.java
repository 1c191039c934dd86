package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.batches.StreamSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.training.BatchPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that share each step of a shard, as there are fewer shards than threads: same bits. */
class SharedStepsTest {
  private static final int SYMBOLS = 500;
  private static final int[] TEXT = new int[700];

  static {
    Arrays.setAll(TEXT, i -> (i * i + i / 7 + 31 * i) % SYMBOLS);
  }

  private static RecurrentStack network(
      String cell, int layers, RecurrentStack.Directions directions, int recompute) {
    return RecurrentStack.DEFAULTS
        .withCell(cell)
        .withHidden(290)
        .withLayers(layers)
        .withDirections(directions)
        .withDropout(0.2)
        .withRecompute(recompute);
  }

  @ParameterizedTest
  @CsvSource({"lstm,0", "gru,0", "rnn,0", "lstm,2", "gru,2"})
  void aLanguageModel(String cell, int recompute) {
    RecurrentStack network = network(cell, 2, RecurrentStack.Directions.FORWARD, recompute);
    for (int streams : new int[] {7, 33}) { // one shard, two
      sameBits(
          new LanguageModel(
              new LanguageModel.Settings(SYMBOLS, 35, LanguageModel.Output.OWN, 0, network), 1),
          StreamSource.training(TEXT, streams, 5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "rnn"})
  void aClassifierOfSequencesOfUnequalLengths(String cell) {
    List<Values> sequences = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      int k = i;
      int[] codes = IntStream.rangeClosed(0, i % 7).map(t -> (5 * k + t * t) % 6).toArray();
      sequences.add(Values.Codes.of(codes));
    }
    int[] labels = IntStream.range(0, 19).map(i -> i * i % 3).toArray();
    RecurrentStack network = network(cell, 1, RecurrentStack.Directions.BOTH, 0);
    Classifier model =
        new Classifier(new Classifier.Settings(6, 4, 3, Pooling.MEAN, 0, network), 1);
    SequenceSource source = new SequenceSource(sequences, labels, 19);
    assertThat(Shard.count(19, source.tokens(0), model.states())).isOne();
    sameBits(model, source);
  }

  /** Twice: the second time, gradients are written where those of the first stand. */
  private static void sameBits(Model model, Source source) {
    double loss = Double.NaN;
    List<float[]> gradients = List.of();
    for (int count : new int[] {1, 2, 3, 5}) {
      try (Threads threads = new Threads(count)) {
        BatchPass pass = new BatchPass(model, source, threads, 1);
        for (int time = 0; time < 2; time++) {
          double found = pass.run(0, 0);
          if (!gradients.isEmpty()) {
            assertThat(found).isEqualTo(loss);
            for (int w = 0; w < gradients.size(); w++) {
              assertThat(pass.gradients().get(w)).isEqualTo(gradients.get(w));
            }
          }
          loss = found;
          gradients = pass.gradients().stream().map(float[]::clone).toList();
        }
      }
    }
  }
}
