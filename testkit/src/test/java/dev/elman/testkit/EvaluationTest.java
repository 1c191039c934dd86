package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Source;
import dev.elman.batches.StreamSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.models.Quantization;
import dev.elman.training.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Threads that share an evaluation: the same bits, in the same order. */
class EvaluationTest {
  private static RecurrentStack network(int hidden) {
    return RecurrentStack.DEFAULTS
        .withCell("lstm")
        .withHidden(hidden)
        .withLayers(2)
        .withDropout(0.2);
  }

  @Test
  void oneStreamIsSharedStepByStep() {
    int[] text = IntStream.range(0, 230).map(i -> (i * i + i / 7 + 31 * i) % 50).toArray();
    LanguageModel model = // wide enough for two threads at one row
        new LanguageModel(
            new LanguageModel.Settings(50, 33, LanguageModel.Output.OWN, 0.1, network(290)), 1);
    sameBits(model, StreamSource.evaluation(text, 40), 6);
    Quantization.int8(model);
    sameBits(model, StreamSource.evaluation(text, 40), 6);
  }

  @Test
  void batchesAreReadInTheirOrder() {
    List<Values> sequences = new ArrayList<>();
    for (int i = 0; i < 29; i++) {
      int k = i;
      int[] codes = IntStream.rangeClosed(0, i % 7).map(t -> (5 * k + t * t) % 6).toArray();
      sequences.add(Values.Codes.of(codes));
    }
    int[] labels = IntStream.range(0, 29).map(i -> i * i % 3).toArray();
    Classifier model =
        new Classifier(new Classifier.Settings(6, 4, 3, Pooling.MEAN, 0.1, network(11)), 1);
    sameBits(model, new SequenceSource(sequences, labels, 4), 8);
  }

  private static void sameBits(Model model, Source source, int batches) {
    double loss = Double.NaN;
    List<float[]> predictions = List.of();
    for (int count : new int[] {1, 2, 3}) {
      List<float[]> read = new ArrayList<>();
      double found;
      try (Threads threads = new Threads(count)) {
        found =
            Evaluation.run(
                model,
                source,
                threads,
                (batch, rows) -> read.add(Arrays.copyOf(rows.value(), rows.size())));
      }
      assertThat(read).hasSize(batches);
      if (count > 1) {
        assertThat(found).isEqualTo(loss);
        assertThat(read).usingRecursiveComparison().isEqualTo(predictions);
      }
      loss = found;
      predictions = read;
    }
  }
}
