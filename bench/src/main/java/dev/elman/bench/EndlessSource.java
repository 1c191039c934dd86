package dev.elman.bench;

import dev.elman.batches.Batch;
import dev.elman.batches.SequenceSource;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.batches.StreamSource;
import dev.elman.batches.Values;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** The batches of a source over and over, in an epoch that does not end. */
record EndlessSource(Source source) implements Source {
  /** Different batches of a text, so that one batch does not find the rows of the last in cache. */
  private static final int BATCHES = 8;

  /** Streams of one text, of as many symbols as the shape has inputs. */
  static EndlessSource text(BenchShape shape) {
    int tokens = shape.sequences() * shape.steps() * BATCHES;
    int[] codes = new Symbols(shape.inputs()).next(tokens + 1);
    return new EndlessSource(StreamSource.training(codes, shape.sequences(), shape.steps()));
  }

  /** One batch of texts of the shape's lengths, labelled by turns. */
  static EndlessSource texts(BenchShape shape) {
    Symbols symbols = new Symbols(shape.inputs());
    List<Values> texts = new ArrayList<>();
    for (int length : shape.lengths().of(shape.steps(), shape.sequences())) {
      texts.add(Values.Codes.of(symbols.next(length)));
    }
    int[] labels = new int[texts.size()];
    for (int b = 0; b < labels.length; b++) {
      labels[b] = b % 2;
    }
    return new EndlessSource(new SequenceSource(texts, labels, labels.length));
  }

  @Override
  public int batches() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int sequences(int batch) {
    return source.sequences(batch % source.batches());
  }

  @Override
  public long tokens(int batch) {
    return source.tokens(batch % source.batches());
  }

  @Override
  public boolean continues() {
    return source.continues();
  }

  @Override
  public void shuffle(RandomStream random) {
    source.shuffle(random);
  }

  @Override
  public Batch blank() {
    return source.blank();
  }

  @Override
  public void fill(int batch, Shard shard, Batch into) {
    source.fill(batch % source.batches(), shard, into);
  }
}
