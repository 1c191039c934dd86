package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.data.Nearest;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a model as tensors of a file, and back. */
public final class ModelWeights {

  private ModelWeights() {}

  /** The weights in their order; their numbers are shared, not copied. */
  public static List<NamedTensor> tensors(Weights weights) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Weight weight : weights) {
      tensors.add(new NamedTensor(weight.name(), weight.shape(), weight.values()));
    }
    return tensors;
  }

  /**
   * Copies tensors into the weights of the same names; nothing is copied unless all fit.
   *
   * @param source the name of the file, for errors
   * @throws DataException if a weight has no tensor, a tensor no weight, if shapes differ, or if a
   *     tensor is int8 codes
   */
  public static void load(List<NamedTensor> tensors, Weights weights, String source) {
    Map<String, NamedTensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    List<String> left = new ArrayList<>(byName.keySet());
    for (Weight weight : weights) {
      NamedTensor tensor = byName.get(weight.name());
      if (tensor == null) {
        throw new DataException(
            "a tensor '" + weight.name() + "' in " + source,
            tensors.size() + " tensors of other names",
            "the file is of another model, or its names have another prefix",
            Nearest.suggestion(weight.name(), byName.keySet()));
      }
      if (!Arrays.equals(tensor.shape(), weight.shape())) {
        throw new DataException(
            "the shape "
                + Arrays.toString(weight.shape())
                + " of '"
                + weight.name()
                + "' in "
                + source,
            Arrays.toString(tensor.shape()),
            "the file is of a model of other sizes",
            "make the model with the sizes of the file");
      }
      if (tensor.dtype() == Dtype.I8) {
        throw new DataException(
            "floats as '" + weight.name() + "' in " + source,
            "int8",
            "the model was quantized, and its codes need the scales beside them",
            "take the file of the model before, or read the folder as a whole");
      }
      left.remove(weight.name());
    }
    if (!left.isEmpty()) {
      throw new DataException(
          "no more tensors than the model has weights in " + source,
          left.size() + " more: " + String.join(", ", left.subList(0, Math.min(5, left.size()))),
          "the file is of a model with more layers or a second direction",
          "make the model with the layers of the file");
    }
    for (Weight weight : weights) {
      weight.set(byName.get(weight.name()).values());
    }
  }
}
