package dev.elman.inspection;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Witness;
import dev.elman.losses.Loss;
import dev.elman.models.Model;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far back in time a model learns: the norm of the loss's gradient for each state, against the
 * lag between them.
 *
 * <pre>{@code
 * norm(lag) = ‖∂L_T / ∂h_{T-lag}‖        mean over sequences; L_T is the loss at the last step only
 * }</pre>
 *
 * <p>Where it falls, blame vanishes and what lies further back is not learned; where it rises, it
 * explodes (Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013). For {@code h_t =
 * w·h_{t-1}} it is {@code |w|^lag} times the norm at lag 0.
 *
 * <p>A layer that reads a source has lags of its own, from the last step of the source back: {@code
 * ‖∂L_T / ∂h_{S-lag}‖}, S steps of the source.
 *
 * @param curves one for each state tensor of each recurrent layer, from the input up
 * @param bothWays networks that are left out, as a layer that reads backwards ends at the first
 *     step: {@code encoder.rnn}
 */
public record GradientFlow(List<Curve> curves, List<String> bothWays) {
  /** Copies the lists. */
  public GradientFlow {
    curves = List.copyOf(curves);
    bothWays = List.copyOf(bothWays);
  }

  /**
   * A line of the picture.
   *
   * @param layer its name: {@code rnn_l0}
   * @param state which tensor of its state: 0 is h, 1 of an LSTM is c
   * @param norms by lag, from 0
   */
  public record Curve(String layer, int state, double[] norms) {
    /** What the tensor is called in the equations. */
    public String symbol() {
      return state == 0 ? "h" : state == 1 ? "c" : "s" + state;
    }

    /**
     * By what a step back multiplies the norm, in the geometric mean from one lag to another; 0
     * where nothing is left.
     */
    public double factor(int from, int to) {
      return Math.pow(norms[to] / norms[from], 1.0 / (to - from));
    }
  }

  /**
   * Runs sequences forwards and, one loss each, backwards.
   *
   * @param examples of equal or unequal lengths; the mean at a lag is over those that reach it
   * @throws IllegalArgumentException when all of the model reads both ways, it has no recurrent
   *     layer or was rounded, or when an example has no goal
   */
  public static GradientFlow of(Model model, List<Example> examples) {
    model.weights().forEach(Weight::requireExact);
    Means means = new Means();
    List<String> bothWays = List.of();
    for (Example example : examples) {
      Observation observed = new Observation(model, example);
      observed.requireLayers(model);
      List<String> both = observed.bothWays();
      backward(model, example, observed);
      observed.layers.forEach(
          (layer, steps) -> {
            if (!both.contains(Observation.network(layer))) {
              means.add(layer, steps);
            }
          });
      bothWays = both; // the same of every example
    }
    return new GradientFlow(means.curves(), bothWays);
  }

  private static void backward(Model model, Example example, Observation observed) {
    if (example.goal() == null) {
      throw new IllegalArgumentException(
          "Gradients: expected sequences with what is to be predicted from their last step, got one"
              + " of "
              + example.steps()
              + " steps without. Give labelled ones, or the step that follows.");
    }
    Node rows = observed.rows;
    Node last = Slices.rows(observed.tape, rows, rows.rows() - 1, 1);
    Loss loss = model.measure();
    Node sum = loss.sum(observed.tape, last, example.goal());
    sum.gradient()[0] = 1f / loss.terms(last, example.goal());
    observed.tape.passBack();
  }

  /** Sums of norms by lag, and how many there were. */
  private static final class Means {
    private final Map<String, List<double[]>> sums = new LinkedHashMap<>(); // by layer and state
    private final Map<String, int[]> counts = new LinkedHashMap<>();

    void add(String layer, List<Witness.Step> steps) {
      int lags = steps.size();
      int states = steps.get(0).after().length;
      List<double[]> sum =
          sums.computeIfAbsent(
              layer, name -> new ArrayList<>(Collections.nCopies(states, new double[0])));
      int[] count = counts.getOrDefault(layer, new int[0]);
      count = Arrays.copyOf(count, Math.max(count.length, lags));
      for (int s = 0; s < states; s++) {
        double[] norms = Arrays.copyOf(sum.get(s), count.length);
        for (int lag = 0; lag < lags; lag++) {
          Node node = steps.get(lags - 1 - lag).after()[s];
          norms[lag] += node.hasGradient() ? Observation.norm(node.gradient(), node.size()) : 0;
        }
        sum.set(s, norms);
      }
      for (int lag = 0; lag < lags; lag++) {
        count[lag]++;
      }
      counts.put(layer, count);
    }

    List<Curve> curves() {
      List<Curve> curves = new ArrayList<>();
      sums.forEach(
          (layer, states) -> {
            int[] count = counts.get(layer);
            for (int s = 0; s < states.size(); s++) {
              double[] norms = states.get(s);
              for (int lag = 0; lag < norms.length; lag++) {
                norms[lag] /= count[lag];
              }
              curves.add(new Curve(layer, s, norms));
            }
          });
      return curves;
    }
  }
}
