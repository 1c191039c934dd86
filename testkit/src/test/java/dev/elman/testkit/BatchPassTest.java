package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.batches.StreamSource;
import dev.elman.kernels.Threads;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.training.BatchPass;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch hands on to the next, and what it draws. */
class BatchPassTest {
  private static final int[] TEXT = new int[221];

  static {
    Arrays.setAll(TEXT, i -> (i * i + i / 7) % 6);
  }

  private static LanguageModel model(double dropout) {
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(6, 4, LanguageModel.Output.OWN, 0, recurrent(5, dropout)),
            1);
    Probe.scatter(model.weights().list(), 1);
    return model;
  }

  private static RecurrentStack recurrent(int hidden, double dropout) {
    return RecurrentStack.DEFAULTS
        .withCell("lstm")
        .withHidden(hidden)
        .withLayers(2)
        .withDropout(dropout);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 19}) // one shard, two shards
  void theStateIsCarriedFromBatchToBatch(int streams) {
    try (Threads threads = new Threads(2)) {
      LanguageModel model = model(0);
      BatchPass whole = new BatchPass(model, StreamSource.training(TEXT, streams, 8), threads, 1);
      BatchPass halves = new BatchPass(model, StreamSource.training(TEXT, streams, 4), threads, 1);
      double first = halves.run(0, 0);
      double second = halves.run(1, 1);
      assertThat((first + second) / 2).isCloseTo(whole.run(0, 0), offset(1e-6));
      assertThat(halves.run(0, 2)).isEqualTo(first); // a new epoch begins from zeros
    }
  }

  @Test
  void dropoutDrawsBySeedAndStep() {
    try (Threads threads = new Threads(1)) {
      StreamSource source = StreamSource.training(TEXT, 3, 8);
      BatchPass pass = new BatchPass(model(0.4), source, threads, 1);
      BatchPass other = new BatchPass(model(0.4), source, threads, 2);
      double loss = pass.run(0, 5);
      assertThat(pass.run(0, 6)).isNotEqualTo(loss);
      assertThat(pass.run(0, 5)).isEqualTo(loss);
      assertThat(other.run(0, 5)).isNotEqualTo(loss);
      assertThat(new BatchPass(model(0), source, threads, 1).run(0, 5)).isNotEqualTo(loss);
    }
  }

  @Test
  void theNormIsThatOfAllGradients() {
    int symbols = 3001; // of the head's weight, and the embedding's, some pieces
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(symbols, 12, LanguageModel.Output.OWN, 0, recurrent(10, 0)),
            1);
    int[] text = new int[800];
    Arrays.setAll(text, i -> (i * i + 7 * i) % symbols);
    double found = Double.NaN;
    for (int count : new int[] {1, 2, 3}) {
      try (Threads threads = new Threads(count)) {
        BatchPass pass = new BatchPass(model, StreamSource.training(text, 33, 5), threads, 1);
        pass.run(0, 0);
        pass.run(1, 1);
        double squares = 0;
        for (float[] gradient : pass.gradients()) {
          for (float number : gradient) {
            squares += (double) number * number;
          }
        }
        assertThat(pass.norm()).isCloseTo(Math.sqrt(squares), offset(1e-12));
        assertThat(count == 1 ? pass.norm() : found).isEqualTo(pass.norm());
        found = pass.norm();
      }
    }
  }
}
