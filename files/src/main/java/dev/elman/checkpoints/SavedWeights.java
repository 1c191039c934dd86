package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.tensor.Int8Rows;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The weights of a saved model as tensors of its file, and back: floats, or int8 and scales. */
final class SavedWeights {
  /** The field of {@code model.json} that says what matrices were rounded to. */
  static final String QUANTIZED = "quantized";

  static final String INT8 = "int8";

  private SavedWeights() {}

  /** The weights as they are; bytes last, so that each float lies at a multiple of its size. */
  static List<NamedTensor> tensors(Weights weights) {
    List<NamedTensor> floats = new ArrayList<>();
    List<NamedTensor> bytes = new ArrayList<>();
    for (Weight weight : weights) {
      Int8Rows rounded = weight.int8();
      if (rounded == null) {
        floats.add(new NamedTensor(weight.name(), weight.shape(), weight.values()));
      } else {
        floats.add(Int8Tensors.scales(weight.name(), rounded));
        bytes.add(Int8Tensors.codes(weight.name(), rounded));
      }
    }
    floats.addAll(bytes);
    return floats;
  }

  /** Other values of the same weights, as those of a training's best epoch. */
  static List<NamedTensor> tensors(Weights weights, List<float[]> values) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Weight weight : weights) {
      tensors.add(new NamedTensor(weight.name(), weight.shape(), values.get(tensors.size())));
    }
    return tensors;
  }

  /**
   * Puts the tensors of a folder into weights.
   *
   * @throws DataException when one is missing or of another shape, or when they are rounded and
   *     {@code model.json} does not say so, or the other way round
   */
  static void set(Path folder, ModelFolder.Content content, Weights weights) {
    Object claimed = content.description().get(QUANTIZED);
    if (claimed != null && !claimed.equals(INT8)) {
      throw new DataException(
          "\"int8\" or nothing as '" + QUANTIZED + "' in " + folder.resolve(ModelIndex.NAME),
          "'" + claimed + "'",
          "the file was edited by hand, or written by a newer release of Elman",
          "restore it from a copy, or use that release");
    }
    Map<String, NamedTensor> byName = new HashMap<>();
    content
        .file(ModelFolder.WEIGHTS)
        .tensors()
        .forEach(tensor -> byName.put(tensor.name(), tensor));
    boolean rounded = false;
    for (Weight weight : weights) {
      rounded |= set(folder, weight, byName);
    }
    if (rounded != (claimed != null)) {
      throw belongsToOther(
          "weights of " + (rounded ? "floats alone" : "int8") + " in " + file(folder),
          rounded ? "int8 among them" : "floats alone");
    }
  }

  /** Sets one weight, and says whether it is rounded. */
  private static boolean set(Path folder, Weight weight, Map<String, NamedTensor> byName) {
    NamedTensor tensor = byName.get(weight.name());
    if (tensor == null || !Arrays.equals(tensor.shape(), weight.shape())) {
      throw belongsToOther(
          "a tensor " + weight + " in " + file(folder),
          tensor == null ? "none of that name" : "one of shape " + Shape.text(tensor.shape()));
    }
    if (tensor.dtype() != Dtype.I8) {
      weight.set(tensor.values());
      return false;
    }
    if (tensor.shape().length != 2) {
      throw belongsToOther("a tensor " + weight + " of floats in " + file(folder), "int8");
    }
    weight.set(Int8Tensors.read(tensor, byName, file(folder)));
    return true;
  }

  private static String file(Path folder) {
    return folder.resolve(ModelFolder.WEIGHTS).toString();
  }

  private static DataException belongsToOther(String expected, String found) {
    return new DataException(
        expected,
        found,
        "the weights belong to a model of other settings than model.json says",
        "restore both files from one copy, or train anew");
  }
}
