package dev.elman.tasks;

import dev.elman.batches.Split;
import dev.elman.batches.StreamSource;
import dev.elman.data.DataException;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import java.util.List;

/**
 * Modelling a language: what is asked for, and how a text becomes streams.
 *
 * @param unit what the symbols are
 * @param embedding columns of the embedding
 * @param output where the dense layer's weights come from
 * @param labelSmoothing ε of the loss in training
 * @param heldOut the share of the text, its end, that is held out
 * @param batch parallel streams
 * @param bptt steps over which backpropagation goes
 * @param updateEvery after how many steps weights change, at most {@code bptt}
 * @param recurrent the network
 */
public record TextTask(
    Unit unit,
    int embedding,
    LanguageModel.Output output,
    double labelSmoothing,
    double heldOut,
    int batch,
    int bptt,
    int updateEvery,
    RecurrentStack recurrent) {
  /** The last tenth is held out. */
  public static final double HELD_OUT = 0.1;

  private static final int MOST_WORDS = 20_000;
  private static final int CHUNK = 2000;

  /**
   * Splits the text, makes the vocabulary of its first part and an untrained model.
   *
   * @throws DataException when the text is too short
   */
  public Prepared<TrainedLanguageModel> prepare(String source, String text, long seed) {
    String[] parts = split(text);
    Vocabulary vocabulary =
        unit == Unit.WORD
            ? Vocabulary.frequent(unit, parts[0], MOST_WORDS, 2)
            : Vocabulary.open(unit, List.of(parts[0]));
    int[] training = vocabulary.encode(source, parts[0]);
    int[] rest = vocabulary.encode(source, parts[1]);
    if (training.length <= (long) batch * bptt || rest.length < 2) {
      throw new DataException(
          "a text of more than "
              + (long) Math.ceil((batch * (double) bptt + 1) / (1 - heldOut))
              + " symbols, for "
              + batch
              + " streams of "
              + bptt
              + " steps",
          (training.length + rest.length) + " in " + source,
          "the file is a sample, or the unit is too large",
          "use a longer text, or a smaller --batch or --bptt");
    }
    LanguageModel.Settings settings =
        new LanguageModel.Settings(vocabulary.size(), embedding, output, labelSmoothing, recurrent);
    return new Prepared<>(
        new TrainedLanguageModel(new LanguageModel(settings, seed), vocabulary),
        StreamSource.training(training, batch, bptt, updateEvery),
        StreamSource.evaluation(rest, CHUNK));
  }

  /** The text to learn from and the text held out: contiguous, cut between two code points. */
  public String[] split(String text) {
    int points = text.codePointCount(0, text.length());
    int cut = new Split.Shares(0, heldOut).testStart(points);
    int at = text.offsetByCodePoints(0, cut);
    return new String[] {text.substring(0, at), text.substring(at)};
  }

  /** A source of all symbols of a text, for evaluation. */
  public static StreamSource evaluation(TrainedLanguageModel trained, String source, String text) {
    return StreamSource.evaluation(trained.vocabulary().encode(source, text), CHUNK);
  }
}
