package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.batches.StreamSource;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import dev.elman.training.BatchPass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients of embeddings, of which each batch touches other rows. */
class TouchedRowsTest {
  private static final int SYMBOLS = 2003;

  /** Every batch has symbols of its own, in each shard others, and one that all have. */
  private static final int[] TEXT =
      IntStream.range(0, 1000).map(i -> i % 5 == 0 ? 7 : (i * 37 + i / 9) % SYMBOLS).toArray();

  @ParameterizedTest
  @EnumSource(LanguageModel.Output.class)
  void theyAreThoseOfTapesThatNeverSawAnotherBatch(LanguageModel.Output output) {
    RecurrentStack network = RecurrentStack.DEFAULTS.withCell("gru").withHidden(19);
    LanguageModel model =
        new LanguageModel(new LanguageModel.Settings(SYMBOLS, 19, output, 0, network), 1);
    Source source =
        new InTurn(StreamSource.training(TEXT, 33, 5), StreamSource.training(TEXT, 7, 5));
    List<List<float[]>> expected = new ArrayList<>();
    for (int batch = 0; batch < 4; batch++) {
      expected.add(fresh(model, source, batch));
    }
    for (int count : new int[] {1, 2, 3}) {
      try (Threads threads = new Threads(count)) {
        BatchPass pass = new BatchPass(model, source, threads, 1);
        for (int batch : new int[] {0, 1, 2, 0, 3, 3, 1, 2, 0, 0}) {
          pass.run(batch, 0);
          for (int w = 0; w < pass.gradients().size(); w++) {
            assertThat(pass.gradients().get(w))
                .as(model.weights().list().get(w).name() + " of batch " + batch)
                .isEqualTo(expected.get(batch).get(w));
          }
        }
      }
    }
  }

  /** The mean's gradients by whole arrays on new tapes. */
  private static List<float[]> fresh(LanguageModel model, Source source, int index) {
    List<float[]> totals = new ArrayList<>();
    model.weights().forEach(weight -> totals.add(new float[weight.size()]));
    int count = Shard.count(source.sequences(index), source.tokens(index), model.states());
    float factor = (float) (1.0 / source.tokens(index));
    for (int i = 0; i < count; i++) {
      Batch batch = source.blank();
      source.fill(index, new Shard(i, count), batch);
      Tape tape = Tape.training(Kernels.get());
      Node[] state = model.firstState(tape, batch.packing().sequences());
      Node rows = model.forward(tape, batch.packing(), batch.inputs(), state).rows();
      tape.backward(model.loss().sum(tape, rows, batch.targets()));
      int w = 0;
      for (Weight weight : model.weights()) {
        float[] total = totals.get(w++);
        Kernels.get().axpy(factor, tape.gradient(weight), 0, total, 0, total.length);
      }
    }
    return totals;
  }

  /** Batches of two shards and of a single one in turn, each from a state of zeros. */
  private record InTurn(Source several, Source single) implements Source {
    private Source of(int batch) {
      return batch % 2 == 0 ? several : single;
    }

    @Override
    public int batches() {
      return Math.min(several.batches(), single.batches());
    }

    @Override
    public int sequences(int batch) {
      return of(batch).sequences(batch);
    }

    @Override
    public long tokens(int batch) {
      return of(batch).tokens(batch);
    }

    @Override
    public boolean continues() {
      return false;
    }

    @Override
    public void shuffle(RandomStream random) {
      several.shuffle(random);
      single.shuffle(random);
    }

    @Override
    public Batch blank() {
      return several.blank();
    }

    @Override
    public void fill(int batch, Shard shard, Batch into) {
      of(batch).fill(batch, shard, into);
    }
  }
}
