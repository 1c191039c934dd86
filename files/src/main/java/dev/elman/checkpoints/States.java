package dev.elman.checkpoints;

import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import dev.elman.training.TrainingState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training state as fields and tensors, and back. */
final class States {
  private static final String WEIGHT = "weight/";
  private static final String SLOT = "slot/";
  private static final String CARRIED = "carried/";

  private States() {}

  static Map<String, Object> fields(TrainingState state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", state.epoch());
    fields.put("batch", state.batch());
    fields.put("loss_sum", Double.toString(state.lossSum()));
    fields.put("untrained_loss", Double.toString(state.untrainedLoss()));
    fields.put("optimizer_steps", state.optimizerSteps());
    fields.put("best_loss", Double.toString(state.bestLoss()));
    fields.put("best_epoch", state.bestEpoch());
    fields.put("training_losses", texts(state.trainingLosses()));
    fields.put("validation_losses", texts(state.validationLosses()));
    fields.put("shards", state.carried().size());
    return fields;
  }

  private static List<String> texts(List<Double> numbers) {
    return numbers.stream().map(number -> Double.toString(number)).toList();
  }

  static List<NamedTensor> tensors(Weights weights, TrainingState state) {
    List<NamedTensor> tensors = new ArrayList<>();
    int i = 0;
    for (Weight weight : weights) {
      tensors.add(
          new NamedTensor(WEIGHT + weight.name(), weight.shape(), state.weights().get(i++)));
    }
    state.slots().forEach((name, values) -> tensors.add(row(SLOT + name, values)));
    for (int shard = 0; shard < state.carried().size(); shard++) {
      float[][] ofShard = state.carried().get(shard);
      for (int s = 0; s < ofShard.length; s++) {
        tensors.add(row(CARRIED + shard + "/" + s, ofShard[s]));
      }
    }
    return tensors;
  }

  private static NamedTensor row(String name, float[] values) {
    return new NamedTensor(name, new int[] {values.length}, values);
  }

  static TrainingState read(
      Fields f, Safetensors.Content file, Weights weights, List<float[]> best) {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    file.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor.values()));
    List<float[]> current = new ArrayList<>();
    for (Weight weight : weights) {
      current.add(tensors.get(WEIGHT + weight.name()));
    }
    Map<String, float[]> slots = new LinkedHashMap<>();
    tensors.forEach(
        (name, values) -> {
          if (name.startsWith(SLOT)) {
            slots.put(name.substring(SLOT.length()), values);
          }
        });
    List<float[][]> carried = new ArrayList<>();
    for (int shard = 0; shard < f.number("shards"); shard++) {
      List<float[]> states = new ArrayList<>();
      while (tensors.containsKey(CARRIED + shard + "/" + states.size())) {
        states.add(tensors.get(CARRIED + shard + "/" + states.size()));
      }
      carried.add(states.toArray(new float[0][]));
    }
    return new TrainingState(
        f.number("epoch"),
        f.number("batch"),
        f.real("loss_sum"),
        f.real("untrained_loss"),
        f.large("optimizer_steps"),
        current,
        slots,
        carried,
        f.number("best_epoch") == 0 ? List.of() : best,
        f.real("best_loss"),
        f.number("best_epoch"),
        f.reals("training_losses"),
        f.reals("validation_losses"));
  }
}
