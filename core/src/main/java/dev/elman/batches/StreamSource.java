package dev.elman.batches;

import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;

/**
 * One long text as parallel streams: stream b starts at {@code b · (length - 1) / streams}, and
 * each batch is the next chunk of all of them, so that a carried state goes on where it was.
 *
 * <p>Inputs are the codes {@code [N]}, targets the codes after them.
 */
public final class StreamSource implements Source {
  private final int[] codes;
  private final int streams;
  private final int length; // of each stream
  private final int bptt;
  private final int batches;

  private StreamSource(int[] codes, int streams, int bptt, int batches) {
    this.codes = codes;
    this.streams = streams;
    this.length = (codes.length - 1) / streams;
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
    Shape.positive("batch", streams);
    Shape.positive("bptt", bptt);
    int batches = (codes.length - 1) / streams / bptt;
    if (batches < 1) {
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
    return new StreamSource(codes, streams, bptt, batches);
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
    return new StreamSource(codes, 1, chunk, (codes.length - 2) / chunk + 1);
  }

  @Override
  public int batches() {
    return batches;
  }

  @Override
  public int sequences(int batch) {
    return streams;
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
  public void fill(int batch, Shard shard, Batch into) {
    int count = shard.sequences(streams);
    int from = batch * bptt;
    int steps = Math.min(bptt, length - from);
    int[] inputs = ((Values.Codes) into.inputs()).resize(count * steps);
    int[] targets = ((Values.Codes) into.targets()).resize(count * steps);
    into.packing().setEqual(count, steps);
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < count; b++) {
        int at = (shard.index() + b * shard.count()) * length + from + t;
        inputs[t * count + b] = codes[at];
        targets[t * count + b] = codes[at + 1];
      }
    }
  }
}
