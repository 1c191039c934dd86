package dev.elman.testkit;

import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.EncoderDecoder.Context;
import dev.elman.models.EncoderDecoder.Side;
import dev.elman.models.ScheduledSampling;
import dev.elman.models.VectorToSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Small encoder-decoders of every kind, whose sizes all differ, and pairs of unequal lengths. */
final class Translators {
  /** Of the sources, whose order differs from the targets': lengths 5, 4, 4, 1 of the latter. */
  static final Packing SOURCES = Packing.of(6, 3, 2, 1);

  static final int[] PLACES = {2, 0, 3, 1};

  private static final Packing AS_LONG = Packing.of(5, 4, 4, 1);
  private static final int[] AS_LONG_PLACES = {0, 2, 1, 3};

  private Translators() {}

  static List<EncoderDecoder.Settings> all() {
    List<EncoderDecoder.Settings> all = new ArrayList<>();
    for (Context context : Context.values()) {
      if (context != Context.NONE) {
        all.add(of(context, Optional.empty()));
      }
    }
    for (Attention.Score score : Attention.Score.values()) {
      Context context = score == Attention.Score.DOT ? Context.NONE : Context.FIRST_STATE;
      all.add(of(context, Optional.of(score)));
    }
    all.add(withoutFeedback());
    all.add(withoutBridge());
    return all;
  }

  /** Reads 7 symbols both ways, writes 6; dot products need equal widths, the others differ. */
  static EncoderDecoder.Settings of(Context context, Optional<Attention.Score> score) {
    boolean dot = score.equals(Optional.of(Attention.Score.DOT));
    RecurrentStack reader =
        RecurrentStack.DEFAULTS
            .withCell("gru")
            .withHidden(dot ? 2 : 3)
            .withDirections(RecurrentStack.Directions.BOTH);
    RecurrentStack writer = RecurrentStack.DEFAULTS.withHidden(dot ? 4 : 5).withDropout(0.2);
    return new EncoderDecoder.Settings(
        new Side(7, 2, reader),
        new Side(6, 4, writer),
        new EncoderDecoder.Link(context, Bridge.Form.DENSE, score),
        Decoder.Feedback.PREVIOUS_SYMBOL,
        new EncoderDecoder.Training(ScheduledSampling.NONE, 0.1));
  }

  /** Reads rows of numbers. */
  private static EncoderDecoder.Settings withoutFeedback() {
    RecurrentStack network = RecurrentStack.DEFAULTS.withCell("rnn").withHidden(3);
    return new EncoderDecoder.Settings(
        new Side(0, 2, network),
        new Side(6, 0, network.withHidden(4)),
        new EncoderDecoder.Link(Context.EACH_STEP, Bridge.Form.DENSE, Optional.empty()),
        Decoder.Feedback.NONE,
        EncoderDecoder.Training.PLAIN);
  }

  /** Symbols as ones and zeros. */
  private static EncoderDecoder.Settings withoutBridge() {
    RecurrentStack network = RecurrentStack.DEFAULTS.withHidden(3).withLayers(2);
    return new EncoderDecoder.Settings(
        new Side(7, 0, network),
        new Side(6, 0, network),
        new EncoderDecoder.Link(Context.FIRST_STATE, Bridge.Form.IDENTITY, Optional.empty()),
        Decoder.Feedback.PREVIOUS_SYMBOL,
        EncoderDecoder.Training.PLAIN);
  }

  /** Writes 6 symbols after vectors of 3 numbers. */
  static List<VectorToSequence.Settings> fromVectors() {
    RecurrentStack network = RecurrentStack.DEFAULTS.withHidden(5).withDropout(0.2);
    return Stream.of(Context.FIRST_STATE, Context.EACH_STEP, Context.BOTH)
        .map(
            context ->
                new VectorToSequence.Settings(
                    3, context, new Side(6, 4, network), EncoderDecoder.Training.PLAIN))
        .toList();
  }

  static String name(EncoderDecoder.Settings settings) {
    String attention =
        settings.link().attention().map(score -> ", attention " + score).orElse(", no attention");
    return ("translator, context "
            + settings.link().context()
            + attention
            + ", feedback "
            + settings.feedback()
            + ", bridge "
            + settings.link().bridge())
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Pairs for targets of lengths 5, 4, 4, 1.
   *
   * @param before the symbols before the targets
   */
  static Values.Pairs pairs(EncoderDecoder.Settings settings, Values before) {
    boolean aligned = settings.link().context() == Context.ALIGNED;
    Packing packing = aligned ? AS_LONG : SOURCES;
    Values.Codes places = Values.Codes.of(aligned ? AS_LONG_PLACES : PLACES);
    return new Values.Pairs(before, packing, rows(settings.source(), packing.tokens()), places);
  }

  private static Values rows(Side source, int count) {
    if (source.symbols() == 0) {
      int columns = source.columns();
      return Values.Numbers.of(columns, Probe.numbers("source", count * columns));
    }
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      codes[i] = (3 * i + i * i / 2) % source.symbols();
    }
    return Values.Codes.of(codes);
  }
}
