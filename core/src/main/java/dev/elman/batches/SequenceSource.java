package dev.elman.batches;

import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of unequal lengths, codes {@code [length]} or rows of numbers {@code [length, D]}, and
 * what is to be learned from them: a class or numbers for each, or a target for each of its steps.
 *
 * <p>A batch holds sequences of similar lengths: shuffled sequences are sorted within pools of some
 * batches, and the batches are shuffled again.
 */
public final class SequenceSource implements Source {
  private static final int POOL = 16;

  private final List<Values> sequences;
  private final Goals goals;
  private final int batch;
  private final int pool; // batches that are sorted together
  private int[] order; // sequences, batch after batch
  private int[] batchOrder;
  private int longest = Integer.MAX_VALUE; // of the sequences that are read
  private int shortBatch; // where the last of the order stands, which may be shorter

  private SequenceSource(List<Values> sequences, Goals goals, int batch) {
    this(sequences, goals, batch, POOL);
  }

  private SequenceSource(List<Values> sequences, Goals goals, int batch, int pool) {
    Rows.require("Sequences", sequences);
    this.pool = pool;
    this.sequences = List.copyOf(sequences);
    this.goals = goals;
    this.batch = Math.min(Shape.positive("batch", batch), sequences.size());
    inOrder();
    sort(0, order.length);
  }

  /**
   * A source of labelled sequences.
   *
   * @param sequences all of one kind and width, none empty
   * @param labels one class for each
   * @throws IllegalArgumentException when there is no sequence, one is empty, or a label is missing
   */
  public SequenceSource(List<Values> sequences, int[] labels, int batch) {
    this(
        sequences,
        Goals.OfSequences.of(
            "Labels", "Each sequence needs one label.", sequences, Values.Codes.of(labels)),
        batch);
  }

  /**
   * A source of sequences with numbers to be predicted from each.
   *
   * @param sequences all of one kind and width, none empty
   * @param targets one row for each, in their order; not copied
   */
  public static SequenceSource valued(List<Values> sequences, Values.Numbers targets, int batch) {
    return new SequenceSource(
        sequences,
        Goals.OfSequences.of(
            "Targets", "Each sequence needs one row of targets.", sequences, targets),
        batch);
  }

  /**
   * A source of sequences with a target for each of their steps: a class, or numbers.
   *
   * @param sequences all of one kind and width, none empty
   * @param targets for each sequence as many rows as it has, all of one kind and width
   */
  public static SequenceSource tagged(List<Values> sequences, List<Values> targets, int batch) {
    return new SequenceSource(sequences, Goals.OfTokens.of(sequences, targets), batch);
  }

  /** All sequences that are read in their order, and all batches. */
  private void inOrder() {
    order =
        IntStream.range(0, sequences.size())
            .filter(s -> sequences.get(s).rows() <= longest)
            .toArray();
    batchOrder = IntStream.range(0, (order.length - 1) / batch + 1).toArray();
    shortBatch = batchOrder.length - 1;
  }

  /**
   * As {@link #tagged}, but a batch holds sequences of any lengths: for models that learn how long
   * sequences are, whose steps would go to and fro between batches of short and of long ones.
   */
  public static SequenceSource mixed(List<Values> sequences, List<Values> targets, int batch) {
    return new SequenceSource(sequences, Goals.OfTokens.of(sequences, targets), batch, 1);
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

  @Override
  public long tokens(int index) {
    long sum = 0;
    for (int b = 0; b < sequences(index); b++) {
      sum += sequences.get(sequence(index, Shard.WHOLE, b)).rows();
    }
    return sum;
  }

  /** The number of the sequence that stands at a place, counted over all batches in order. */
  public int at(int place) {
    int missing = batchOrder.length * batch - order.length; // from the short batch
    boolean after = place >= (shortBatch + 1) * batch - missing;
    int full = after ? place + missing : place; // the place, were all batches full
    return order[batchOrder[full / batch] * batch + full % batch];
  }

  /** The number of sequence b of a shard of a batch. */
  int sequence(int index, Shard shard, int b) {
    return order[batchOrder[index] * batch + shard.index() + b * shard.count()];
  }

  @Override
  public boolean continues() {
    return false;
  }

  @Override
  public void shorter(double share) {
    int[] lengths = sequences.stream().mapToInt(Values::rows).sorted().toArray();
    int count = Math.max(1, (int) Math.ceil(Math.min(1, share) * lengths.length));
    longest = lengths[count - 1];
    inOrder();
    sort(0, order.length);
  }

  @Override
  public void shuffle(RandomStream random) {
    inOrder(); // so that the order depends on the stream alone
    random.shuffle(order);
    int together = (int) Math.min(order.length, (long) pool * batch);
    for (int from = 0; from < order.length; from += together) {
      sort(from, Math.min(order.length, from + together));
    }
    random.shuffle(batchOrder);
    shortBatch = 0;
    while (batchOrder[shortBatch] != batchOrder.length - 1) {
      shortBatch++;
    }
  }

  @Override
  public Batch blank() {
    return new Batch(new Packing(), Rows.blank(sequences.get(0)), goals.blank());
  }

  @Override
  public void fill(int index, Shard shard, Batch into) {
    int count = shard.sequences(sequences(index));
    Packing packing = into.packing();
    int[] lengths = packing.room(count);
    for (int b = 0; b < count; b++) {
      lengths[b] = sequences.get(sequence(index, shard, b)).rows();
    }
    packing.set(lengths, count);
    Rows.resize(into.inputs(), packing.tokens());
    goals.resize(packing, into.targets());
    for (int b = 0; b < count; b++) {
      int sequence = sequence(index, shard, b);
      Values rows = sequences.get(sequence);
      for (int t = 0; t < rows.rows(); t++) {
        Rows.copy(rows, t, into.inputs(), packing.row(t, b));
      }
      goals.copy(sequence, b, packing, into.targets());
    }
  }
}
