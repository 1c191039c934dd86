package dev.elman.tasks;

import dev.elman.batches.Split;
import dev.elman.data.DataException;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.tensor.RandomStream;
import java.util.List;

/**
 * Translating texts: what is asked for, and how pairs of texts become batches.
 *
 * @param source how sources are read
 * @param target how targets are written
 * @param order from which end sources are read
 * @param link what the decoder knows of the source
 * @param training what only helps training
 * @param shares of the pairs that validate and test
 * @param batch B
 */
public record TranslateTask(
    Side source,
    Side target,
    TrainedTranslator.Order order,
    EncoderDecoder.Link link,
    EncoderDecoder.Training training,
    Split.Shares shares,
    int batch) {
  /** A tenth of the pairs tests, a tenth validates. */
  public static final Split.Shares SHARES = new Split.Shares(0.1, 0.1);

  private static final int MOST_WORDS = 20_000;

  /**
   * One side.
   *
   * @param unit what symbols are
   * @param embedding columns of their embedding; 0 for ones and zeros
   * @param recurrent the network
   */
  public record Side(Unit unit, int embedding, RecurrentStack recurrent) {
    private Vocabulary vocabulary(List<String> texts) {
      return unit == Unit.WORD
          ? Vocabulary.frequent(unit, String.join("\n", texts), MOST_WORDS, 2)
          : Vocabulary.open(unit, texts);
    }
  }

  /**
   * Splits the pairs, makes the vocabularies of those to be learned from, and an untrained model.
   *
   * @throws DataException when there are too few pairs
   */
  public Prepared<TrainedTranslator> prepare(TextPairs pairs, long seed) {
    Split split = split(pairs, seed);
    TextPairs training = pairs.part(split.training());
    Vocabulary read = source.vocabulary(training.sources());
    Vocabulary written = target.vocabulary(training.targets());
    EncoderDecoder.Settings settings =
        new EncoderDecoder.Settings(
            new EncoderDecoder.Side(read.size(), source.embedding(), source.recurrent()),
            new EncoderDecoder.Side(written.size() + 1, target.embedding(), target.recurrent()),
            link,
            Decoder.Feedback.PREVIOUS_SYMBOL,
            this.training);
    TrainedTranslator trained =
        new TrainedTranslator(
            new EncoderDecoder(settings, seed),
            new TrainedTranslator.Side(read, pairs.columns().get(0)),
            new TrainedTranslator.Side(written, pairs.columns().get(1)),
            order,
            longest(training));
    return new Prepared<>(
        trained,
        trained.source(training, batch),
        trained.source(pairs.part(split.validation()), batch));
  }

  /** The most symbols of a target for each symbol of its source. */
  private double longest(TextPairs training) {
    double most = 1;
    for (int i = 0; i < training.size(); i++) {
      int symbols = source.unit().split(training.sources().get(i)).size();
      int said = target.unit().split(training.targets().get(i)).size();
      most = Math.max(most, said / (double) Math.max(1, symbols));
    }
    return most;
  }

  /** The same split for the same seed; pairs of one source stay together. */
  public Split split(TextPairs pairs, long seed) {
    int[] one = new int[pairs.size()];
    try {
      return Split.byLabel(pairs.sources(), one, shares, RandomStream.of(seed, "split"));
    } catch (DataException e) {
      throw new DataException(
          "enough pairs for training, validation and test in " + pairs.origin(),
          pairs.size() + " pairs",
          "the data is a sample, or nearly all sources are equal",
          "use more pairs; is '" + pairs.columns().get(0) + "' the column of the sources?",
          e);
    }
  }
}
