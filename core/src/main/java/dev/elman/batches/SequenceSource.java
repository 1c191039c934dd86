package dev.elman.batches;

import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Sequences of unequal lengths, each with one class: codes {@code [length]} or rows of numbers
 * {@code [length, D]}.
 *
 * <p>A batch holds sequences of similar lengths: shuffled sequences are sorted within pools of some
 * batches, and the batches are shuffled again.
 */
public final class SequenceSource implements Source {
  private static final int POOL = 16;

  private final List<Values> sequences;
  private final int[] labels;
  private final int batch;
  private final int[] order; // sequences, batch after batch
  private final int[] batchOrder;

  /**
   * A source of labelled sequences.
   *
   * @param sequences all of one kind and width, none empty
   * @param labels one class for each
   */
  public SequenceSource(List<Values> sequences, int[] labels, int batch) {
    Shape.positive("batch", batch);
    Shape.require(
        "Labels",
        new int[] {sequences.size()},
        new int[] {labels.length},
        "Each sequence needs one label.");
    this.sequences = List.copyOf(sequences);
    this.labels = labels.clone();
    this.batch = batch;
    order = new int[labels.length];
    batchOrder = new int[(labels.length + batch - 1) / batch];
    count(order);
    count(batchOrder);
    sort(0, order.length);
  }

  private static void count(int[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
  }

  /** Sorts a range of the order by length, longest first; equal lengths keep their order. */
  private void sort(int from, int to) {
    Integer[] boxed = Arrays.stream(order, from, to).boxed().toArray(Integer[]::new);
    Arrays.sort(boxed, Comparator.comparingInt(i -> -sequences.get(i).rows()));
    for (int i = 0; i < boxed.length; i++) {
      order[from + i] = boxed[i];
    }
  }

  @Override
  public int batches() {
    return batchOrder.length;
  }

  @Override
  public int sequences(int index) {
    return Math.min(batch, order.length - batchOrder[index] * batch);
  }

  /** The number of the sequence that stands at a place, counted over all batches in order. */
  public int at(int place) {
    return order[batchOrder[place / batch] * batch + place % batch];
  }

  @Override
  public boolean continues() {
    return false;
  }

  @Override
  public void shuffle(RandomStream random) {
    count(order); // so that the order depends on the stream alone
    random.shuffle(order);
    for (int from = 0; from < order.length; from += POOL * batch) {
      sort(from, Math.min(order.length, from + POOL * batch));
    }
    count(batchOrder);
    random.shuffle(batchOrder);
  }

  @Override
  public Batch blank() {
    Values inputs =
        sequences.get(0) instanceof Values.Numbers numbers
            ? new Values.Numbers(numbers.columns())
            : new Values.Codes();
    return new Batch(new Packing(), inputs, new Values.Codes());
  }

  @Override
  public void fill(int index, Shard shard, Batch into) {
    int count = shard.sequences(sequences(index));
    int from = batchOrder[index] * batch;
    int[] lengths = new int[count];
    int[] targets = ((Values.Codes) into.targets()).resize(count);
    for (int b = 0; b < count; b++) {
      int sequence = order[from + shard.index() + b * shard.count()];
      lengths[b] = sequences.get(sequence).rows();
      targets[b] = labels[sequence];
    }
    into.packing().set(lengths, count);
    for (int b = 0; b < count; b++) {
      int sequence = order[from + shard.index() + b * shard.count()];
      copy(sequences.get(sequence), into, b);
    }
  }

  private static void copy(Values sequence, Batch into, int b) {
    Packing packing = into.packing();
    if (sequence instanceof Values.Codes codes) {
      Values.Codes inputs = (Values.Codes) into.inputs();
      int[] to = b == 0 ? inputs.resize(packing.tokens()) : inputs.array();
      for (int t = 0; t < codes.rows(); t++) {
        to[packing.row(t, b)] = codes.array()[t];
      }
    } else if (sequence instanceof Values.Numbers numbers) {
      Values.Numbers inputs = (Values.Numbers) into.inputs();
      int d = numbers.columns();
      float[] to = b == 0 ? inputs.resize(packing.tokens()) : inputs.array();
      for (int t = 0; t < numbers.rows(); t++) {
        System.arraycopy(numbers.array(), t * d, to, packing.row(t, b) * d, d);
      }
    }
  }
}
