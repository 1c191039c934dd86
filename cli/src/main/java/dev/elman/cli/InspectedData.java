package dev.elman.cli;

import dev.elman.checkpoints.SavedModel;
import dev.elman.csv.CsvFile;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.TextFile;
import dev.elman.inspection.Example;
import dev.elman.inspection.Examples;
import dev.elman.tasks.SequenceEncoding;
import dev.elman.tasks.Sequences;
import dev.elman.tasks.TextPairs;
import dev.elman.tasks.Texts;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tasks.TrainedTranslator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a model is looked at with.
 *
 * @param text as typed; null for none
 * @param data a file or a folder; null for that which the model was trained on
 * @param missing what to do with missing cells
 */
record InspectedData(String text, Path data, MissingPolicy missing) {
  private static final int LENGTH = 120; // symbols that can be read below a picture

  /** Some sequences with goals, for gradients. */
  List<Example> several(Path folder, SavedModel saved, int steps, int most) {
    Trained trained = saved.trained();
    if (trained instanceof TrainedLanguageModel model) {
      return Examples.pieces(model, text == null ? trainingText(folder, saved) : text, steps, most);
    }
    if (trained instanceof TrainedTranslator model) {
      return pairs(folder, saved, model, most);
    }
    if (text != null) {
      throw new DataException(
          "data with what is to be predicted from it, as --data, for a " + trained.model().task(),
          "a text",
          "the option is for language models and translators",
          "name a file with --data");
    }
    Path file = data == null ? trainingFile(folder, saved) : data;
    if (trained instanceof TrainedForecaster model) {
      return Examples.histories(model, CsvFile.read(file), missing, most);
    }
    if (trained instanceof TrainedClassifier model) {
      return Examples.labelled(model, new SequencesFrom(file, missing).labelledFor(model), most);
    }
    throw unknown(trained);
  }

  /** One sequence, for states and gates. */
  Example one(Path folder, SavedModel saved) {
    Trained trained = saved.trained();
    if (trained instanceof TrainedLanguageModel model) {
      return text == null
          ? Examples.text(model, "the training text", beginning(trainingText(folder, saved)))
          : Examples.text(model, "--text", text);
    }
    if (trained instanceof TrainedClassifier model) {
      return Examples.unlabelled(model, sequences(folder, saved, model).part(new int[] {0})).get(0);
    }
    if (trained instanceof TrainedForecaster model) {
      if (text != null) {
        throw new DataException(
            "a series as --data for a forecaster",
            "a text",
            "the option is for models of texts",
            "name a file with --data");
      }
      Path file = data == null ? trainingFile(folder, saved) : data;
      return Examples.histories(model, CsvFile.read(file), missing, 1).get(0);
    }
    if (trained instanceof TrainedTranslator model) {
      return pairs(folder, saved, model, 1).get(0);
    }
    throw unknown(trained);
  }

  /** A text with the model's translation of it, or pairs of a table with true ones. */
  private List<Example> pairs(Path folder, SavedModel saved, TrainedTranslator model, int most) {
    if (text != null) {
      return List.of(Examples.translation(model, text));
    }
    Path file = data == null ? trainingFile(folder, saved) : data;
    TextPairs pairs =
        TextPairs.of(CsvFile.read(file), model.source().column(), model.target().column());
    return Examples.pairs(model, pairs, most);
  }

  private Sequences sequences(Path folder, SavedModel saved, TrainedClassifier model) {
    if (text != null && model.encoding() instanceof SequenceEncoding.Symbols) {
      return new Texts("--text", "", List.of(text));
    }
    if (text != null) {
      throw new DataException(
          "sequences of numbers as --data for this classifier",
          "a text",
          "the option is for models of texts",
          "name a file or a folder with --data");
    }
    Path file = data == null ? trainingFile(folder, saved) : data;
    SequencesFrom from = new SequencesFrom(file, missing);
    return Files.isDirectory(file)
        ? from.labelledFor(model).sequences()
        : from.unlabelledFor(model);
  }

  private static IllegalArgumentException unknown(Trained trained) {
    return new IllegalArgumentException(
        "Look inside: expected a forecaster, a classifier, a language model or a translator,"
            + " found a "
            + trained.model().task()
            + ".\nLikely cause: its data is of another kind.\nCure: look at it with --graph.");
  }

  private static String beginning(String text) {
    return text.substring(
        0, text.offsetByCodePoints(0, Math.min(LENGTH, text.codePointCount(0, text.length()))));
  }

  private String trainingText(Path folder, SavedModel saved) {
    return TextFile.read(data == null ? trainingFile(folder, saved) : data);
  }

  /** The file that the model was trained on, known by its name and its hash. */
  private static Path trainingFile(Path folder, SavedModel saved) {
    if (!(saved.provenance().get("data") instanceof Map<?, ?> files) || files.size() != 1) {
      throw new DataException(
          "data to look at the model with",
          "a model that was trained on several files, or on what it does not say",
          "neither --data nor --text was given",
          "name a file or a folder with --data");
    }
    String name = String.valueOf(files.keySet().iterator().next());
    Path models = folder.toAbsolutePath().normalize().getParent();
    return Stream.of(Path.of(""), Path.of("examples", "data"), folder, models, models.resolve(".."))
        .map(place -> place.resolve(name))
        .filter(file -> Files.isRegularFile(file))
        .filter(file -> DataFile.provenance(List.of(file)).equals(files))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "the data that the model was trained on, " + name,
                    "no such file here, beside the model or in examples/data",
                    "it is elsewhere, or was changed since",
                    "name it, or other data, with --data FILE; or give a --text"));
  }
}
