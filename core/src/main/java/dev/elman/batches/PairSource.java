package dev.elman.batches;

import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import java.util.List;

/**
 * Pairs of sequences: of one it is learned to predict each step, the other is known from the start
 * to its end. Batches are {@link Values.Pairs}.
 *
 * <p>A batch holds predicted sequences of similar lengths; the others have any.
 */
public final class PairSource implements Source {
  private final SequenceSource own;
  private final List<Values> others;

  /**
   * A source of pairs.
   *
   * @param others what is known, such as the sources of translations: none empty, all of one kind
   * @param own for each step of the predicted sequences what is read there: the symbol before, for
   *     teacher forcing
   * @param targets for each step what is to be predicted
   * @param batch B
   * @throws IllegalArgumentException when a sequence is empty or misses its partner
   */
  public PairSource(List<Values> others, List<Values> own, List<Values> targets, int batch) {
    Rows.require("Other sequences", others);
    Shape.require(
        "Other sequences",
        new int[] {own.size()},
        new int[] {others.size()},
        "Each sequence needs its partner.");
    this.own = SequenceSource.tagged(own, targets, batch);
    this.others = List.copyOf(others);
  }

  @Override
  public int batches() {
    return own.batches();
  }

  @Override
  public int sequences(int batch) {
    return own.sequences(batch);
  }

  @Override
  public long tokens(int batch) {
    long sum = own.tokens(batch);
    for (int b = 0; b < sequences(batch); b++) {
      sum += others.get(own.sequence(batch, Shard.WHOLE, b)).rows();
    }
    return sum;
  }

  /** The number of the pair that stands at a place, counted over all batches in order. */
  public int at(int place) {
    return own.at(place);
  }

  @Override
  public boolean continues() {
    return false;
  }

  @Override
  public void shorter(double share) {
    own.shorter(share);
  }

  @Override
  public void shuffle(RandomStream random) {
    own.shuffle(random);
  }

  @Override
  public Batch blank() {
    Batch rows = own.blank();
    Values blank = Rows.blank(others.get(0));
    return new Batch(
        rows.packing(),
        new Values.Pairs(rows.inputs(), new Packing(), blank, new Values.Codes()),
        rows.targets());
  }

  @Override
  public void fill(int index, Shard shard, Batch into) {
    Values.Pairs pairs = (Values.Pairs) into.inputs();
    own.fill(index, shard, new Batch(into.packing(), pairs.own(), into.targets()));
    int count = into.packing().sequences();
    Packing packing = pairs.packing();
    int[] lengths = packing.room(count);
    int[] places = pairs.places().resize(count);
    for (int b = 0; b < count; b++) {
      lengths[b] = others.get(own.sequence(index, shard, b)).rows();
    }
    sort(lengths, places, count);
    packing.set(lengths, count);
    Rows.resize(pairs.others(), packing.tokens());
    for (int b = 0; b < count; b++) {
      Values rows = others.get(own.sequence(index, shard, b));
      for (int t = 0; t < rows.rows(); t++) {
        Rows.copy(rows, t, pairs.others(), packing.row(t, places[b]));
      }
    }
  }

  /** Sorts lengths, longest first, equal ones in their order; places say where each has gone. */
  private static void sort(int[] lengths, int[] places, int count) {
    for (int b = 0; b < count; b++) {
      int place = 0;
      for (int other = 0; other < count; other++) {
        boolean before = other < b ? lengths[other] >= lengths[b] : lengths[other] > lengths[b];
        place += before ? 1 : 0;
      }
      places[b] = place;
    }
    int[] sorted = new int[count];
    for (int b = 0; b < count; b++) {
      sorted[places[b]] = lengths[b];
    }
    System.arraycopy(sorted, 0, lengths, 0, count);
  }
}
