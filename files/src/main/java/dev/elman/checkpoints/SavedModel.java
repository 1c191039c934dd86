package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.tasks.Trained;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import dev.elman.training.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
    write(folder, weights(trained.model().weights(), List.of()), Map.of(), Map.of());
  }

  /** Saves the best weights so far, and what is needed to go on with the training. */
  public void write(Path folder, TrainingState state) {
    Weights weights = trained.model().weights();
    write(
        folder,
        weights(weights, state.bestWeights()),
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

  private static List<NamedTensor> weights(Weights weights, List<float[]> values) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Weight weight : weights) {
      float[] numbers = values.isEmpty() ? weight.values() : values.get(tensors.size());
      tensors.add(new NamedTensor(weight.name(), weight.shape(), numbers));
    }
    return tensors;
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
    set(folder, trained.model().weights(), content.file(ModelFolder.WEIGHTS));
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
    } else if (!here.equals(there)) {
      String now = here.toString();
      String before = String.valueOf(there);
      boolean data =
          name.contains("data") || name.matches("(vocabulary|means|deviations|labels)\\b.*");
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
    set(folder, weights, content.file(ModelFolder.WEIGHTS));
    List<float[]> best = weights.copy();
    return Optional.of(States.read(fields, content.file(ModelFolder.TRAINING), weights, best));
  }

  private static void set(Path folder, Weights weights, Safetensors.Content file) {
    Map<String, NamedTensor> byName = new HashMap<>();
    file.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
    for (Weight weight : weights) {
      NamedTensor tensor = byName.get(weight.name());
      if (tensor == null || !Arrays.equals(tensor.shape(), weight.shape())) {
        throw new DataException(
            "a tensor " + weight + " in " + folder.resolve(ModelFolder.WEIGHTS),
            tensor == null ? "none of that name" : "one of shape " + Shape.text(tensor.shape()),
            "the weights belong to a model of other settings than model.json says",
            "restore both files from one copy, or train anew");
      }
      weight.set(tensor.values());
    }
  }
}
