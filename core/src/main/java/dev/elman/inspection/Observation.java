package dev.elman.inspection;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.autodiff.Witness;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.models.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One sequence's run through a model, with every step of every recurrent layer at hand. */
final class Observation {
  static final String REVERSE = "_reverse"; // how names of backward layers end

  final Tape tape = Tape.training(Kernels.get());
  final Map<String, List<Witness.Step>> layers = new LinkedHashMap<>();
  final Node rows;

  /** Runs a sequence from a state of zeros, without dropout. */
  Observation(Model model, Example example) {
    tape.watch(step -> layers.computeIfAbsent(step.layer(), name -> new ArrayList<>()).add(step));
    Packing packing = Packing.equal(1, example.steps());
    Layer.Output output = model.forward(tape, packing, example.inputs(), model.firstState(tape, 1));
    rows = output.rows();
  }

  /**
   * The networks that read both ways, in which lag has no meaning: {@code encoder.rnn}.
   *
   * @throws IllegalArgumentException when no other has run
   */
  List<String> bothWays() {
    List<String> both =
        layers.keySet().stream()
            .filter(layer -> layer.endsWith(REVERSE))
            .map(Observation::network)
            .distinct()
            .toList();
    if (layers.keySet().stream().allMatch(layer -> both.contains(network(layer)))) {
      throw new IllegalArgumentException(
          "Gradients against lag: expected a model that reads forwards, found a bidirectional one."
              + "\nLikely cause: its backward half begins at the last step, so that there no step"
              + " is far from the loss."
              + "\nCure: train one without --bidirectional to compare; --states and --gates show"
              + " both directions.");
    }
    return both;
  }

  /** The name of a layer without its number and direction. */
  static String network(String layer) {
    return layer.replaceFirst("_l\\d+(" + REVERSE + ")?$", "");
  }

  /**
   * Requires steps to look at.
   *
   * @throws IllegalArgumentException when no recurrent layer has run
   */
  void requireLayers(Model model) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "Look inside: expected a model with recurrent layers, found none in this "
              + model.task()
              + ".\nLikely cause: it is a feed-forward network, which has no state."
              + "\nCure: look at it with --graph, or train one with a recurrent --cell.");
    }
  }

  /** The Euclidean norm of numbers. */
  static double norm(float[] numbers, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) numbers[i] * numbers[i];
    }
    return Math.sqrt(sum);
  }
}
