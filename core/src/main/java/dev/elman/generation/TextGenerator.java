package dev.elman.generation;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.encoding.Vocabulary;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.models.LanguageModel;
import dev.elman.tensor.RandomStream;
import java.util.function.Consumer;

/**
 * Writes text with a language model: one stream, its state and its buffers.
 *
 * <p>The model is shared; a generator belongs to one thread.
 */
public final class TextGenerator {
  private static final int CHUNK = 512; // of a prompt, so that long ones need little memory

  private final LanguageModel model;
  private final Vocabulary vocabulary;
  private final Tape tape = Tape.inference(Kernels.get());
  private final Values.Codes input = new Values.Codes();
  private final float[][] state;

  /** A generator at the start of a text. */
  public TextGenerator(LanguageModel model, Vocabulary vocabulary) {
    this.model = model;
    this.vocabulary = vocabulary;
    int[] widths = model.states();
    state = new float[widths.length][];
    for (int s = 0; s < state.length; s++) {
      state[s] = new float[widths[s]];
    }
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
    float[] logits = null;
    for (int at = 0; at < codes.length; at += CHUNK) {
      logits = read(codes, at, Math.min(CHUNK, codes.length - at));
    }
    int last;
    do {
      if (vocabulary.unknown() >= 0) {
        logits[vocabulary.unknown()] = Float.NEGATIVE_INFINITY;
      }
      last = sampler.choose(logits, random);
      written.accept(text.add(last));
      logits = read(new int[] {last}, 0, 1);
    } while (!stop.stops(++count, last, text));
    written.accept(text.end());
    return text.toString();
  }

  /** Reads symbols; returns the logits {@code [V]} after the last. */
  private float[] read(int[] codes, int from, int count) {
    tape.reset();
    System.arraycopy(codes, from, input.resize(count), 0, count);
    Node[] nodes = new Node[state.length];
    for (int s = 0; s < nodes.length; s++) {
      nodes[s] = tape.constant(1, state[s].length, state[s]);
    }
    Layer.Output output = model.forward(tape, Packing.equal(1, count), input, nodes);
    for (int s = 0; s < state.length; s++) {
      System.arraycopy(output.state()[s].value(), 0, state[s], 0, state[s].length);
    }
    int symbols = vocabulary.size();
    float[] logits = new float[symbols];
    System.arraycopy(output.rows().value(), (count - 1) * symbols, logits, 0, symbols);
    return logits;
  }
}
