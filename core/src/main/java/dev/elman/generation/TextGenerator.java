package dev.elman.generation;

import dev.elman.batches.Values;
import dev.elman.encoding.Vocabulary;
import dev.elman.models.LanguageModel;
import dev.elman.sessions.Session;
import dev.elman.tensor.RandomStream;
import java.util.function.Consumer;

/**
 * Writes text with a language model: a {@link Session} that reads what it writes.
 *
 * <p>The model is shared; a generator belongs to one thread.
 */
public final class TextGenerator {
  private final Session session;
  private final Vocabulary vocabulary;

  /** A generator at the start of a text. */
  public TextGenerator(LanguageModel model, Vocabulary vocabulary) {
    session = Session.of(model);
    this.vocabulary = vocabulary;
  }

  /**
   * Reads a prompt and goes on with it.
   *
   * @param prompt at least one symbol; the line end {@code "\n"} where none is given
   * @param sampler chooses symbols; the one for unknown symbols is never offered
   * @param stop when the text is complete
   * @param seed of sampling
   * @param written is told each new piece of text as it comes
   * @return the text after the prompt
   */
  public String generate(
      String prompt, Sampler sampler, StopRule stop, long seed, Consumer<String> written) {
    int[] codes = vocabulary.encode("the prompt", prompt.isEmpty() ? "\n" : prompt);
    RandomStream random = RandomStream.of(seed, "sampling");
    WrittenText text = new WrittenText(vocabulary);
    int count = 0;
    float[] logits = session.stepAll(Values.Codes.of(codes));
    int last;
    do {
      if (vocabulary.unknown() >= 0) {
        logits[vocabulary.unknown()] = Float.NEGATIVE_INFINITY;
      }
      last = sampler.choose(logits, random);
      written.accept(text.add(last));
      System.arraycopy(session.step(last), 0, logits, 0, logits.length); // samplers change them
    } while (!stop.stops(++count, last, text));
    written.accept(text.end());
    return text.toString();
  }
}
