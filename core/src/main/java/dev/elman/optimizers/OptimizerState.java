package dev.elman.optimizers;

import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an optimizer remembers between steps: how many there were, and its slots. */
public final class OptimizerState {
  private final List<String> names = new ArrayList<>();
  private final List<float[][]> slots = new ArrayList<>();
  private long steps;

  /** The state before the first step: all zeros. */
  public OptimizerState(Optimizer optimizer, Weights weights) {
    for (Weight weight : weights) {
      float[][] arrays = new float[optimizer.slots().size()][];
      for (int s = 0; s < arrays.length; s++) {
        arrays[s] = new float[weight.size()];
        names.add(weight.name() + "." + optimizer.slots().get(s));
      }
      slots.add(arrays);
    }
  }

  /** How many steps there were. */
  public long steps() {
    return steps;
  }

  long nextStep() {
    return ++steps;
  }

  float[][] of(int weight) {
    return slots.get(weight);
  }

  /** All slots by name, {@code weight.slot}, in order; the arrays themselves. */
  public Map<String, float[]> arrays() {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    int i = 0;
    for (float[][] ofWeight : slots) {
      for (float[] array : ofWeight) {
        arrays.put(names.get(i++), array);
      }
    }
    return arrays;
  }

  /**
   * Goes on from a saved state.
   *
   * @throws IllegalArgumentException when a slot is missing, unknown or of another size; nothing is
   *     changed then
   */
  public void restore(long savedSteps, Map<String, float[]> saved) {
    Map<String, float[]> arrays = arrays();
    for (String name : saved.keySet()) {
      if (!arrays.containsKey(name)) {
        throw new IllegalArgumentException(
            "Optimizer state: expected "
                + (arrays.isEmpty() ? "none" : "only " + String.join(", ", arrays.keySet()))
                + ", found "
                + name
                + ". Was the checkpoint written with another optimizer or model?");
      }
    }
    for (Map.Entry<String, float[]> entry : arrays.entrySet()) {
      float[] from = saved.get(entry.getKey());
      float[] to = entry.getValue();
      if (from == null || from.length != to.length) {
        throw new IllegalArgumentException(
            "Optimizer state: expected "
                + to.length
                + " numbers named "
                + entry.getKey()
                + ", found "
                + (from == null ? "none" : from.length)
                + ". Was the checkpoint written with another optimizer or model?");
      }
    }
    arrays.forEach((name, to) -> System.arraycopy(saved.get(name), 0, to, 0, to.length));
    steps = savedSteps;
  }
}
