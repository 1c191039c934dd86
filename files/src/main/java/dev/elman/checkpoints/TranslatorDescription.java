package dev.elman.checkpoints;

import dev.elman.encoding.Vocabulary;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.ScheduledSampling;
import dev.elman.tasks.TrainedTranslator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a translator is, as fields of {@code model.json}, and back. */
final class TranslatorDescription {
  private TranslatorDescription() {}

  static Map<String, Object> of(TrainedTranslator trained) {
    EncoderDecoder.Settings settings = trained.model().settings();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", trained.model().task());
    fields.put("source", side(trained.source(), settings.source()));
    fields.put("target", side(trained.target(), settings.target()));
    fields.put("order", trained.order().name());
    fields.put("longest", trained.longest());
    fields.put("context", settings.link().context().name());
    fields.put("bridge", settings.link().bridge().name());
    settings.link().attention().ifPresent(score -> fields.put("attention", score.name()));
    fields.put("feedback", settings.feedback().name());
    fields.put("sampling", settings.training().sampling().most());
    fields.put("sampling_curve", settings.training().sampling().curve().name());
    fields.put("label_smoothing", settings.training().labelSmoothing());
    return fields;
  }

  private static Map<String, Object> side(
      TrainedTranslator.Side side, EncoderDecoder.Side network) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("column", side.column());
    fields.put("recurrent", NetworkFields.of(network.recurrent()));
    fields.put("embedding", network.columns());
    fields.put("vocabulary", Descriptions.of(side.vocabulary()));
    return fields;
  }

  static TrainedTranslator read(Fields f) {
    Fields source = f.object("source");
    Fields target = f.object("target");
    Vocabulary read = Descriptions.vocabulary(source.object("vocabulary"));
    Vocabulary written = Descriptions.vocabulary(target.object("vocabulary"));
    Optional<Attention.Score> attention =
        f.has("attention")
            ? Optional.of(f.named("attention", Attention.Score::valueOf))
            : Optional.empty();
    EncoderDecoder.Settings settings =
        new EncoderDecoder.Settings(
            side(source, read.size()),
            side(target, written.size() + 1), // and the end
            new EncoderDecoder.Link(
                f.named("context", EncoderDecoder.Context::valueOf),
                f.named("bridge", Bridge.Form::valueOf),
                attention),
            f.named("feedback", Decoder.Feedback::valueOf),
            new EncoderDecoder.Training(
                new ScheduledSampling(
                    f.named("sampling_curve", ScheduledSampling.Curve::valueOf),
                    f.real("sampling")),
                f.real("label_smoothing")));
    return new TrainedTranslator(
        new EncoderDecoder(settings, 0),
        new TrainedTranslator.Side(read, source.text("column")),
        new TrainedTranslator.Side(written, target.text("column")),
        f.named("order", TrainedTranslator.Order::valueOf),
        f.real("longest"));
  }

  private static EncoderDecoder.Side side(Fields f, int symbols) {
    return new EncoderDecoder.Side(
        symbols, f.number("embedding"), NetworkFields.read(f.object("recurrent")));
  }
}
