package dev.elman.tasks;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.generation.BeamSearch;
import dev.elman.generation.Sampler;
import dev.elman.generation.SequenceWriter;
import dev.elman.generation.WrittenSequence;
import dev.elman.kernels.Kernels;
import dev.elman.models.Decoder;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Translates texts, one after the other.
 *
 * <p>The trained model is shared; a translator belongs to one thread.
 */
public final class Translator {
  private final TrainedTranslator trained;
  private final SequenceWriter writer;
  private final Tape tape = Tape.inference(Kernels.get());

  public Translator(TrainedTranslator trained) {
    this.trained = trained;
    int never = trained.target().vocabulary().unknown();
    writer = new SequenceWriter(trained.model().decoder(), trained.end(), never);
  }

  /**
   * The likeliest translations, best first.
   *
   * @throws DataException when the text is empty, or the model knows none of its symbols
   */
  public List<Translation> translate(String text, BeamSearch beam) {
    Values.Codes source = encode(text);
    return writer.search(given(source), beam, trained.most(source.rows())).stream()
        .map(written -> translation(text, written))
        .toList();
  }

  /** A translation that is drawn, symbol by symbol. */
  public Translation draw(String text, Sampler sampler, RandomStream random) {
    Values.Codes source = encode(text);
    int most = trained.most(source.rows());
    return translation(text, writer.write(given(source), sampler, most, random));
  }

  private Values.Codes encode(String text) {
    Vocabulary vocabulary = trained.source().vocabulary();
    Values.Codes codes = trained.encode("the text", text);
    int unknown = vocabulary.unknown();
    int[] read = Arrays.copyOf(codes.array(), codes.rows());
    if (unknown >= 0 && Arrays.stream(read).allMatch(code -> code == unknown)) {
      throw new DataException(
          "a text of symbols that the model has learned from",
          String.join(" ", vocabulary.unknownIn(text)) + ", all unknown to it",
          "the text is of another kind than column '" + trained.source().column() + "' was",
          "give a text like those, or train on data that has such symbols");
    }
    return codes;
  }

  private Decoder.Given given(Values.Codes source) {
    tape.reset();
    return trained.model().read(tape, source);
  }

  private Translation translation(String text, WrittenSequence written) {
    Vocabulary vocabulary = trained.target().vocabulary();
    List<String> target = new ArrayList<>();
    for (int code : written.codes()) {
      target.add(vocabulary.symbol(code));
    }
    String said = vocabulary.unit().join(target);
    int[] codes = written.codes();
    if (written.ended()) {
      target.add(Translation.END);
      codes = Arrays.copyOf(codes, codes.length + 1);
      codes[codes.length - 1] = trained.end();
    }
    float[][] attention = written.alignment();
    if (attention != null && trained.order() == TrainedTranslator.Order.REVERSED) {
      attention = Arrays.stream(attention).map(Translator::reversed).toArray(float[][]::new);
    }
    List<String> source = trained.source().vocabulary().unit().split(text);
    return new Translation(
        said, written.logProbability(), source, List.copyOf(target), attention, codes);
  }

  private static float[] reversed(float[] shares) {
    float[] turned = new float[shares.length];
    IntStream.range(0, shares.length).forEach(i -> turned[i] = shares[shares.length - 1 - i]);
    return turned;
  }

  /** The symbols of a target, as errors are counted by them. */
  static List<String> symbols(TrainedTranslator trained, String text) {
    Unit unit = trained.target().vocabulary().unit();
    return unit.split(text);
  }
}
