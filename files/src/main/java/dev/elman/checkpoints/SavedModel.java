package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.models.Quantization;
import dev.elman.tasks.Trained;
import dev.elman.tensor.Weights;
import dev.elman.training.TrainingState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained model as it is saved: what it is, its weights, and how it came about.
 *
 * @param trained the model and its encodings
 * @param provenance how it was trained and on what, as fields of {@code model.json}
 */
public record SavedModel(Trained trained, Map<String, Object> provenance) {

  /** Saves a complete model; a training state beside it is removed. */
  public void write(Path folder) {
    boolean rounded = Quantization.isInt8(trained.model());
    write(
        folder,
        SavedWeights.tensors(trained.model().weights()),
        rounded ? Map.of(SavedWeights.QUANTIZED, SavedWeights.INT8) : Map.of(),
        Map.of());
  }

  /** Saves the best weights so far, and what is needed to go on with the training. */
  public void write(Path folder, TrainingState state) {
    Weights weights = trained.model().weights();
    write(
        folder,
        state.bestWeights().isEmpty()
            ? SavedWeights.tensors(weights)
            : SavedWeights.tensors(weights, state.bestWeights()),
        Map.of("resume", States.fields(state)),
        Map.of(
            ModelFolder.TRAINING,
            new Safetensors.Content(States.tensors(weights, state), Map.of())));
  }

  private void write(
      Path folder,
      List<NamedTensor> weights,
      Map<String, Object> more,
      Map<String, Safetensors.Content> moreFiles) {
    Map<String, Object> description = new LinkedHashMap<>(Descriptions.of(trained));
    description.put("provenance", provenance);
    description.putAll(more);
    Map<String, Safetensors.Content> files = new LinkedHashMap<>(moreFiles);
    files.put(ModelFolder.WEIGHTS, new Safetensors.Content(weights, Map.of("format", "pt")));
    ModelFolder.write(folder, description, files);
  }

  /** Whether the model in a folder was quantized, and can be used but not trained. */
  public static boolean isQuantized(Path folder) {
    return ModelFolder.read(folder).description().containsKey(SavedWeights.QUANTIZED);
  }

  /**
   * Reads a model with its weights.
   *
   * @throws DataException when the folder holds none, or one that is damaged
   */
  public static SavedModel read(Path folder) {
    ModelFolder.Content content = ModelFolder.read(folder, ModelFolder.WEIGHTS);
    ClaimedSizes.require(folder, content);
    Trained trained = described(folder, content.description());
    SavedWeights.set(folder, content, trained.model().weights());
    Map<String, Object> provenance = new LinkedHashMap<>();
    if (content.description().get("provenance") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> provenance.put(key.toString(), value));
    }
    return new SavedModel(trained, provenance);
  }

  private static Trained described(Path folder, Map<String, Object> description) {
    try {
      return Descriptions.read(new Fields(folder.toString(), description));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DataException(
          "settings that make a model in " + folder.resolve("model.json"),
          e.getMessage().replaceFirst("\\.$", ""),
          "the file was edited by hand, or damaged",
          "restore it from a copy, or train anew",
          e);
    }
  }

  /** Puts the weights of the complete model in a folder, which is this one, into it. */
  public SavedModel load(Path folder) {
    SavedModel there = read(folder);
    trained.model().weights().set(there.trained().model().weights().copy());
    return there;
  }

  /**
   * Requires that the model in a folder is this one, trained in this way on this data: the same in
   * all but its weights.
   *
   * @throws DataException naming the first difference
   */
  public void requireSame(Path folder) {
    Map<String, Object> there = ModelFolder.read(folder).description();
    if (there.containsKey(SavedWeights.QUANTIZED)) {
      throw new DataException(
          "a training to resume in " + folder,
          "a model whose weights were rounded to int8",
          "the folder was written by elman convert; such a model is for use only",
          "resume in the folder that it was converted from, then convert that again");
    }
    Map<String, Object> here = new LinkedHashMap<>(Descriptions.of(trained));
    here.put("provenance", provenance);
    here = Json.read(Json.write(here), "settings");
    for (Map.Entry<String, Object> entry : here.entrySet()) {
      requireSame(folder, entry.getKey(), entry.getValue(), there.get(entry.getKey()));
    }
  }

  private static void requireSame(Path folder, String name, Object here, Object there) {
    if (here instanceof Map<?, ?> fields && there instanceof Map<?, ?> others) {
      fields.forEach((key, value) -> requireSame(folder, name + "." + key, value, others.get(key)));
      if (!name.equals("provenance")) { // which grows as the training ends
        others.forEach(
            (key, value) -> {
              if (!fields.containsKey(key)) { // a setting that is written where it is not usual
                requireSame(folder, name + "." + key, "the default", value);
              }
            });
      }
    } else if (!here.equals(there)) {
      String now = here.toString();
      String before = String.valueOf(there);
      boolean data =
          name.contains("data")
              || name.matches("(((source|target)\\.)?vocabulary|means|deviations|labels)\\b.*");
      throw new DataException(
          "the same " + inWords(name) + " as in the training to resume in " + folder,
          (now.length() + before.length() > 200 ? "another" : now + " instead of " + before),
          data ? "the data is another, or was changed since" : "an option is another than before",
          "resume with the same data and options, or leave --resume away to begin anew");
    }
  }

  /** A setting as the option it came from. */
  private static String inWords(String name) {
    String settings = "provenance.settings.";
    return name.startsWith(settings)
        ? "--" + name.substring(settings.length()).replace('_', '-')
        : name;
  }

  /** Reads the state of a training that was interrupted; empty when it is complete. */
  public static Optional<TrainingState> readState(Path folder, Weights weights) {
    if (!ModelFolder.files(folder).contains(ModelFolder.TRAINING)) {
      return Optional.empty();
    }
    ModelFolder.Content content =
        ModelFolder.read(folder, ModelFolder.WEIGHTS, ModelFolder.TRAINING);
    Fields fields = new Fields(folder.toString(), content.description()).object("resume");
    SavedWeights.set(folder, content, weights);
    List<float[]> best = weights.copy();
    return Optional.of(States.read(fields, content.file(ModelFolder.TRAINING), weights, best));
  }
}
