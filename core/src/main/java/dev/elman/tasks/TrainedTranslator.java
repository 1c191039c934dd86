package dev.elman.tasks;

import dev.elman.batches.PairSource;
import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.encoding.Vocabulary;
import dev.elman.models.EncoderDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A translator of texts, and how it reads and writes them.
 *
 * @param model the network; its last target symbol is the end
 * @param source how sources are read
 * @param target how targets are written
 * @param order from which end sources are read
 * @param longest symbols that it may write for each symbol of a source, beside some more
 */
public record TrainedTranslator(
    EncoderDecoder model, Side source, Side target, Order order, double longest)
    implements Trained {
  private static final int ANYWAY = 10; // symbols that may be written whatever the source's length

  /**
   * Texts of one side.
   *
   * @param vocabulary its symbols
   * @param column their column in a table
   */
  public record Side(Vocabulary vocabulary, String column) {}

  /** From which end sources are read. */
  public enum Order {
    /** As they stand. */
    FORWARD,
    /**
     * From their end, so that what is written first was read last, which shortens the way
     * (Sutskever et al. 2014).
     */
    REVERSED
  }

  /** The code that ends a target, and is read before its first symbol. */
  public int end() {
    return target.vocabulary().size();
  }

  /** Symbols that may be written at most for a source of so many, the end among them. */
  public int most(int symbols) {
    return (int) Math.min(ANYWAY + Math.ceil(longest * symbols), Integer.MAX_VALUE);
  }

  /**
   * A source as the model reads it.
   *
   * @param origin where it is from, for messages
   * @throws DataException when it has no symbols
   */
  public Values.Codes encode(String origin, String text) {
    int[] codes = source.vocabulary().encode(origin, text);
    if (codes.length == 0) {
      throw new DataException(
          "a text with at least one " + source.vocabulary().unit().option() + " in " + origin,
          "'" + text + "'",
          "it is empty or white space alone",
          "give a text to translate, or take it out");
    }
    return Values.Codes.of(order == Order.REVERSED ? reversed(codes) : codes);
  }

  private static int[] reversed(int[] codes) {
    int[] turned = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      turned[i] = codes[codes.length - 1 - i];
    }
    return turned;
  }

  /** A target as the model writes it: its symbols, then the end. */
  public int[] ended(String origin, String text) {
    int[] codes = target.vocabulary().encode(origin, text);
    int[] said = Arrays.copyOf(codes, codes.length + 1);
    said[codes.length] = end();
    return said;
  }

  /** What is read while a target is written: before each of its symbols the one before it. */
  public Values.Codes before(int[] said) {
    int[] read = new int[said.length];
    read[0] = end();
    System.arraycopy(said, 0, read, 1, said.length - 1);
    return Values.Codes.of(read);
  }

  /** Pairs as the model learns from them, in batches. */
  PairSource source(TextPairs pairs, int batch) {
    List<Values> others = new ArrayList<>();
    List<Values> before = new ArrayList<>();
    List<Values> targets = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      others.add(encode(pairs.origin(), pairs.sources().get(i)));
      int[] said = ended(pairs.origin(), pairs.targets().get(i));
      before.add(before(said));
      targets.add(Values.Codes.of(said));
    }
    return new PairSource(others, before, targets, batch);
  }
}
