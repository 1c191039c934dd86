package dev.elman.inspection;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Witness;
import dev.elman.models.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the units of a layer do along a sequence: one of its states, or one of its gates.
 *
 * @param layer its name: {@code rnn_l0}
 * @param name h or c; or a gate's as its equation names it: i, f, g, o, r, z, n
 * @param values {@code [T][H]}, in the order of the sequence for both directions; of an encoder's
 *     layers T is that of the source
 */
public record Trace(String layer, String name, float[][] values) {
  /** The states of all recurrent layers along a sequence, from the input up. */
  public static List<Trace> states(Model model, Example example) {
    List<Trace> traces = new ArrayList<>();
    observe(model, example)
        .forEach(
            (layer, steps) -> {
              for (int s = 0; s < steps.get(0).after().length; s++) {
                float[][] values = new float[steps.size()][];
                for (Witness.Step step : steps) {
                  values[place(layer, steps, step)] = copy(step.after()[s]);
                }
                traces.add(new Trace(layer, s == 0 ? "h" : s == 1 ? "c" : "s" + s, values));
              }
            });
    return traces;
  }

  /**
   * The gates of all recurrent layers along a sequence, from the input up.
   *
   * @throws IllegalArgumentException when no layer has any
   */
  public static List<Trace> gates(Model model, Example example) {
    List<Trace> traces = new ArrayList<>();
    observe(model, example)
        .forEach(
            (layer, steps) -> {
              Map<String, float[][]> gates = new LinkedHashMap<>();
              for (Witness.Step step : steps) {
                for (Node node : step.named()) {
                  gates
                          .computeIfAbsent(node.name(), name -> new float[steps.size()][])[
                          place(layer, steps, step)] =
                      copy(node);
                }
              }
              gates.forEach((name, values) -> traces.add(new Trace(layer, name, values)));
            });
    if (traces.isEmpty()) {
      throw new IllegalArgumentException(
          "Gates: expected a model whose cells have gates, found none.\n"
              + "Likely cause: the simple recurrent cell has a state and no gates."
              + "\nCure: look at its --states, or train with --cell lstm or --cell gru.");
    }
    return traces;
  }

  private static Map<String, List<Witness.Step>> observe(Model model, Example example) {
    Observation observed = new Observation(model, example);
    observed.requireLayers(model);
    return observed.layers;
  }

  private static int place(String layer, List<Witness.Step> steps, Witness.Step step) {
    return layer.endsWith(Observation.REVERSE) ? steps.size() - 1 - step.time() : step.time();
  }

  private static float[] copy(Node node) {
    return Arrays.copyOf(node.value(), node.size());
  }

  /** T. */
  public int steps() {
    return values.length;
  }

  /** H. */
  public int units() {
    return values[0].length;
  }

  /** Whether the numbers are between 0 and 1, as those of gates that open and close. */
  public boolean isShare() {
    for (float[] row : values) {
      for (float value : row) {
        if (!(value >= 0 && value <= 1)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The mean of all numbers. */
  public double mean() {
    double sum = 0;
    for (int unit = 0; unit < units(); unit++) {
      sum += mean(unit);
    }
    return sum / units();
  }

  /** The mean of a unit. */
  public double mean(int unit) {
    double sum = 0;
    for (float[] row : values) {
      sum += row[unit];
    }
    return sum / steps();
  }

  /** The share of all numbers below a bound. */
  public double below(double bound) {
    double sum = 0;
    for (int unit = 0; unit < units(); unit++) {
      sum += below(unit, bound);
    }
    return sum / units();
  }

  /** The share of a unit's numbers below a bound. */
  public double below(int unit, double bound) {
    double count = 0;
    for (float[] row : values) {
      count += row[unit] < bound ? 1 : 0;
    }
    return count / steps();
  }

  /** The share of all numbers above a bound. */
  public double above(double bound) {
    double sum = 0;
    for (int unit = 0; unit < units(); unit++) {
      sum += above(unit, bound);
    }
    return sum / units();
  }

  /** The share of a unit's numbers above a bound. */
  public double above(int unit, double bound) {
    double count = 0;
    for (float[] row : values) {
      count += row[unit] > bound ? 1 : 0;
    }
    return count / steps();
  }
}
