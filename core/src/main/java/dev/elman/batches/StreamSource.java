package dev.elman.batches;

import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;

/**
 * One long text as parallel streams: stream b starts at {@code b · (length - 1) / streams}, and
 * each batch is the next chunk of all of them, so that a carried state goes on where it was.
 *
 * <p>Inputs are the codes {@code [N]}, targets the codes after them.
 *
 * <p>Chunks may overlap, for truncated backpropagation with k1 below k2 (Williams and Peng 1990):
 * chunk j then ends k1 steps behind the one before it and has k2 steps, or all from the beginning
 * where these are fewer; the last k1 are new and have targets.
 */
public final class StreamSource implements Source {
  private final int[] codes;
  private final int streams;
  private final int length; // of each stream
  private final int every; // k1, steps of a chunk that are new
  private final int bptt; // k2, steps of a chunk
  private final int batches;

  private StreamSource(int[] codes, int streams, int every, int bptt, int batches) {
    this.codes = codes;
    this.streams = streams;
    this.length = (codes.length - 1) / streams;
    this.every = every;
    this.bptt = bptt;
    this.batches = batches;
  }

  /**
   * Streams for training; what does not fill a last chunk of all streams is left out.
   *
   * @param bptt steps of a chunk, over which backpropagation goes
   * @throws IllegalArgumentException when the text does not fill one chunk
   */
  public static StreamSource training(int[] codes, int streams, int bptt) {
    return training(codes, streams, bptt, bptt);
  }

  /**
   * Streams for training whose chunks overlap: weights change more often than blame is cut off.
   *
   * @param bptt k2, steps over which backpropagation goes
   * @param every k1, after how many steps weights change; at most {@code bptt}
   * @throws IllegalArgumentException when the text does not fill one chunk
   */
  public static StreamSource training(int[] codes, int streams, int bptt, int every) {
    Shape.positive("batch", streams);
    Shape.positive("bptt", bptt);
    Shape.positive("update-every", every);
    if (every > bptt) {
      throw new IllegalArgumentException(
          "Streams: expected an update at least every "
              + bptt
              + " steps, as far as backpropagation goes, got one every "
              + every
              + ": steps between would teach nothing. Use a smaller --update-every, or a larger"
              + " --bptt.");
    }
    if ((codes.length - 1) / streams < bptt) {
      throw new IllegalArgumentException(
          "Text: expected at least "
              + ((long) streams * bptt + 1)
              + " symbols for "
              + streams
              + " streams of "
              + bptt
              + " steps, got "
              + codes.length
              + ". Use a longer text, or a smaller --batch or --bptt.");
    }
    return new StreamSource(codes, streams, every, bptt, (codes.length - 1) / streams / every);
  }

  /**
   * One stream of all symbols, for evaluation; the last chunk may be shorter.
   *
   * @param chunk steps read at a time; the result does not depend on it
   * @throws IllegalArgumentException when there is no symbol to predict
   */
  public static StreamSource evaluation(int[] codes, int chunk) {
    Shape.positive("chunk", chunk);
    if (codes.length < 2) {
      throw new IllegalArgumentException(
          "Text: expected at least two symbols to predict one, got " + codes.length + ".");
    }
    return new StreamSource(codes, 1, chunk, chunk, (codes.length - 2) / chunk + 1);
  }

  @Override
  public int batches() {
    return batches;
  }

  @Override
  public int sequences(int batch) {
    return streams;
  }

  /** As if it were full: the first and the last may be shorter. */
  @Override
  public long tokens(int batch) {
    return (long) streams * bptt;
  }

  @Override
  public boolean continues() {
    return true;
  }

  @Override
  public void shuffle(RandomStream random) {
    // a text keeps its order
  }

  @Override
  public Batch blank() {
    return new Batch(new Packing(), new Values.Codes(), new Values.Codes());
  }

  @Override
  public int overlap(int batch) {
    return Math.min(end(batch), bptt - every);
  }

  /** The step of its stream behind a batch's last. */
  private int end(int batch) {
    return Math.min(length, (batch + 1) * every);
  }

  @Override
  public void fill(int batch, Shard shard, Batch into) {
    int count = shard.sequences(streams);
    int end = end(batch);
    int from = Math.max(0, (batch + 1) * every - bptt);
    int steps = end - from;
    int before = batch * every - from; // steps that were learned from, and have no targets
    int[] inputs = ((Values.Codes) into.inputs()).resize(count * steps);
    int[] targets = ((Values.Codes) into.targets()).resize(count * (steps - before));
    into.packing().setEqual(count, steps);
    for (int b = 0; b < count; b++) {
      int stream = (shard.index() + b * shard.count()) * length + from;
      for (int t = 0; t < steps; t++) {
        inputs[t * count + b] = codes[stream + t];
      }
      for (int t = before; t < steps; t++) {
        targets[(t - before) * count + b] = codes[stream + t + 1];
      }
    }
  }
}
