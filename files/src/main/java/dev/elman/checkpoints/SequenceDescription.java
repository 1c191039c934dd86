package dev.elman.checkpoints;

import dev.elman.layers.RecurrentStack;
import dev.elman.losses.Bernoulli;
import dev.elman.losses.Categorical;
import dev.elman.losses.Distribution;
import dev.elman.losses.Gaussian;
import dev.elman.losses.GaussianMixture;
import dev.elman.models.Ending;
import dev.elman.models.SequenceModel;
import dev.elman.tasks.TrainedSequenceModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a model of sequences is, as fields of {@code model.json}, and back. */
final class SequenceDescription {
  private SequenceDescription() {}

  /** All but the network. */
  static Map<String, Object> of(TrainedSequenceModel trained) {
    SequenceModel.Settings settings = trained.model().settings();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows", of(settings.rows()));
    if (settings.embedding() > 0) {
      fields.put("embedding", settings.embedding());
    }
    fields.put("ending", of(settings.ending()));
    fields.put("clock", settings.clock());
    fields.put("context", settings.context());
    fields.put("names", trained.names());
    return fields;
  }

  static TrainedSequenceModel read(Fields f, RecurrentStack recurrent) {
    SequenceModel.Settings settings =
        new SequenceModel.Settings(
            rows(f.object("rows"), f.texts("names").size()),
            f.has("embedding") ? f.number("embedding") : 0,
            ending(f.object("ending")),
            f.number("clock"),
            f.number("context"),
            recurrent);
    return new TrainedSequenceModel(new SequenceModel(settings, 0), f.texts("names"));
  }

  private static Map<String, Object> of(Distribution rows) {
    if (rows instanceof GaussianMixture mixture) {
      return Map.of("distribution", "gaussian-mixture", "components", mixture.components());
    }
    if (rows instanceof Categorical) {
      return Map.of("distribution", "categorical");
    }
    if (rows instanceof Bernoulli) {
      return Map.of("distribution", "bernoulli");
    }
    if (rows instanceof Gaussian) {
      return Map.of("distribution", "gaussian");
    }
    throw new IllegalArgumentException(
        "Saving a model of sequences: expected a distribution that ships with Elman, got "
            + rows
            + ". Save its weights with Safetensors instead.");
  }

  private static Distribution rows(Fields f, int names) {
    return f.named(
        "distribution",
        name ->
            switch (name) {
              case "categorical" -> new Categorical(names);
              case "bernoulli" -> new Bernoulli(names);
              case "gaussian" -> new Gaussian(names);
              case "gaussian-mixture" -> new GaussianMixture(names, f.number("components"));
              default -> throw new IllegalArgumentException(name);
            });
  }

  private static Map<String, Object> of(Ending ending) {
    if (ending instanceof Ending.Length length) {
      return Map.of("kind", "length", "longest", length.longest());
    }
    return Map.of(
        "kind",
        ending instanceof Ending.Symbol
            ? "symbol"
            : ending instanceof Ending.Stop ? "stop" : "given");
  }

  private static Ending ending(Fields f) {
    return f.named(
        "kind",
        kind ->
            switch (kind) {
              case "given" -> new Ending.Given();
              case "symbol" -> new Ending.Symbol();
              case "stop" -> new Ending.Stop();
              case "length" -> new Ending.Length(f.number("longest"));
              default -> throw new IllegalArgumentException(kind);
            });
  }
}
