package dev.elman.checkpoints;

import dev.elman.encoding.Labels;
import dev.elman.encoding.Scaler;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.layers.Pooling;
import dev.elman.models.Classifier;
import dev.elman.models.Forecaster;
import dev.elman.models.LanguageModel;
import dev.elman.tasks.Recordings;
import dev.elman.tasks.SequenceEncoding;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tasks.TrainedSequenceModel;
import dev.elman.tasks.TrainedTranslator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model is, as fields of {@code model.json}, and back: its settings and encodings. */
final class Descriptions {
  private Descriptions() {}

  static Map<String, Object> of(Trained trained) {
    if (trained instanceof TrainedForecaster forecaster) {
      return of(forecaster);
    }
    if (trained instanceof TrainedSequenceModel sequences) {
      return of(sequences);
    }
    if (trained instanceof TrainedTranslator translator) {
      return TranslatorDescription.of(translator);
    }
    return trained instanceof TrainedLanguageModel text
        ? of(text)
        : of((TrainedClassifier) trained);
  }

  /** A model of those settings, its weights still to be set. */
  static Trained read(Fields fields) {
    return switch (fields.text("task")) {
      case "forecaster" -> forecaster(fields);
      case "language-model" -> languageModel(fields);
      case "classifier" -> classifier(fields);
      case "translator" -> TranslatorDescription.read(fields);
      case "sequence-model" ->
          SequenceDescription.read(fields, NetworkFields.read(fields.object("recurrent")));
      default ->
          fields.named(
              "task",
              task -> {
                throw new IllegalArgumentException(task);
              });
    };
  }

  private static Map<String, Object> of(TrainedForecaster trained) {
    Forecaster.Settings settings = trained.model().settings();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", trained.model().task());
    fields.put("recurrent", NetworkFields.of(settings.recurrent()));
    fields.put("columns", trained.columns());
    fields.put("targets", settings.targets());
    fields.put("time", trained.time());
    fields.put("history", trained.history());
    fields.put("horizon", settings.horizon());
    fields.put("quantiles", settings.quantiles());
    fields.put("seasons", trained.seasons());
    fields.put("means", trained.scaler().means());
    fields.put("deviations", trained.scaler().deviations());
    return fields;
  }

  private static TrainedForecaster forecaster(Fields f) {
    Forecaster.Settings settings =
        new Forecaster.Settings(
            f.texts("columns").size(),
            f.numbers("targets"),
            f.number("horizon"),
            f.reals("quantiles"),
            NetworkFields.read(f.object("recurrent")));
    f.sized("means", settings.inputs());
    f.sized("deviations", settings.inputs());
    f.sized("seasons", settings.targets().size());
    return new TrainedForecaster(
        new Forecaster(settings, 0),
        f.texts("columns"),
        f.text("time"),
        new Scaler(f.reals("means"), f.reals("deviations")),
        f.number("history"),
        f.numbers("seasons"));
  }

  private static Map<String, Object> of(TrainedSequenceModel trained) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", trained.model().task());
    fields.put("recurrent", NetworkFields.of(trained.model().settings().recurrent()));
    fields.putAll(SequenceDescription.of(trained));
    return fields;
  }

  private static Map<String, Object> of(TrainedLanguageModel trained) {
    LanguageModel.Settings settings = trained.model().settings();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", trained.model().task());
    fields.put("recurrent", NetworkFields.of(settings.recurrent()));
    fields.put("embedding", settings.embedding());
    fields.put("output", settings.output().name());
    fields.put("label_smoothing", settings.labelSmoothing());
    fields.put("vocabulary", of(trained.vocabulary()));
    return fields;
  }

  private static TrainedLanguageModel languageModel(Fields f) {
    Vocabulary vocabulary = vocabulary(f.object("vocabulary"));
    LanguageModel.Settings settings =
        new LanguageModel.Settings(
            vocabulary.size(),
            f.number("embedding"),
            f.named("output", LanguageModel.Output::valueOf),
            f.real("label_smoothing"),
            NetworkFields.read(f.object("recurrent")));
    return new TrainedLanguageModel(new LanguageModel(settings, 0), vocabulary);
  }

  private static Map<String, Object> of(TrainedClassifier trained) {
    Classifier.Settings settings = trained.model().settings();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", trained.model().task());
    fields.put("recurrent", NetworkFields.of(settings.recurrent()));
    fields.put("pooling", settings.pooling().name());
    fields.put("label_smoothing", settings.labelSmoothing());
    fields.put("label_column", trained.labelColumn());
    fields.put("labels", trained.labels().names());
    if (trained.encoding() instanceof SequenceEncoding.Symbols texts) {
      fields.put("embedding", settings.columns());
      fields.put("text_column", texts.column());
      fields.put("vocabulary", of(texts.vocabulary()));
    } else if (trained.encoding() instanceof SequenceEncoding.Scaled numbers) {
      fields.put("sequences", numbers.form().name());
      fields.put("columns", numbers.columns());
      fields.put("means", numbers.scaler().means());
      fields.put("deviations", numbers.scaler().deviations());
    }
    return fields;
  }

  private static TrainedClassifier classifier(Fields f) {
    SequenceEncoding encoding = f.has("sequences") ? numbers(f) : texts(f);
    Labels labels = new Labels(f.texts("labels"));
    Classifier.Settings settings =
        new Classifier.Settings(
            encoding.symbols(),
            encoding instanceof SequenceEncoding.Scaled numbers
                ? numbers.inputs()
                : f.number("embedding"),
            labels.size(),
            f.named("pooling", Pooling::valueOf),
            f.real("label_smoothing"),
            NetworkFields.read(f.object("recurrent")));
    return new TrainedClassifier(
        new Classifier(settings, 0), encoding, labels, f.text("label_column"));
  }

  private static SequenceEncoding texts(Fields f) {
    return new SequenceEncoding.Symbols(vocabulary(f.object("vocabulary")), f.text("text_column"));
  }

  private static SequenceEncoding numbers(Fields f) {
    Recordings.Form form = f.named("sequences", Recordings.Form::valueOf);
    List<String> columns = f.texts("columns");
    f.sized("means", form.inputs(columns.size()));
    f.sized("deviations", form.inputs(columns.size()));
    return new SequenceEncoding.Scaled(
        new Scaler(f.reals("means"), f.reals("deviations")), form, columns);
  }

  static Map<String, Object> of(Vocabulary vocabulary) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unit", vocabulary.unit().option());
    fields.put("symbols", vocabulary.symbols());
    return fields;
  }

  static Vocabulary vocabulary(Fields f) {
    return new Vocabulary(f.named("unit", Unit::named), f.texts("symbols"));
  }
}
