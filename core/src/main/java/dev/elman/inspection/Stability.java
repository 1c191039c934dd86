package dev.elman.inspection;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.autodiff.Witness;
import dev.elman.kernels.Kernels;
import dev.elman.models.Model;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How a layer's state map {@code s_t = f(s_{t-1}, x_t)} stretches small differences of its state,
 * along a sequence.
 *
 * <p>Jacobians are never written out: blame passed back through a step is {@code Jᵀ·v}, and the
 * norm's growth under repeated products tends to the spectral radius (Gelfand's formula), whether
 * the largest eigenvalues are real or a complex pair. A radius below 1 at every state forgets, one
 * above 1 lets differences and gradients grow.
 *
 * @param layer its name: {@code rnn_l0}
 * @param growth of a random vector a step when it is passed back through the product of the
 *     sequence's Jacobians: the exponential of the largest Lyapunov exponent
 * @param meanRadius the spectral radius of {@code ∂s_t/∂s_{t-1}}, mean over some states
 * @param largestRadius the largest of them
 * @param recurrentRadius that of the recurrent weights, where they are one square matrix; else NaN
 */
public record Stability(
    String layer, double growth, double meanRadius, double largestRadius, double recurrentRadius) {
  private static final int STATES = 8;
  private static final int ITERATIONS = 160;
  private static final double TINY = 1e-25; // floats end at 1e-38

  /** Measures all recurrent layers along a sequence, from the input up. */
  public static List<Stability> of(Model model, Example example) {
    Observation seen = new Observation(model, example);
    seen.requireLayers(model);
    List<Stability> all = new ArrayList<>();
    for (Map.Entry<String, List<Witness.Step>> layer : seen.layers.entrySet()) {
      double[] radii = radii(layer.getValue());
      double mean = Arrays.stream(radii).average().orElseThrow();
      double largest = Arrays.stream(radii).max().orElseThrow();
      double growth = growth(model, example, layer.getKey());
      double recurrent = recurrentRadius(model, layer.getKey());
      all.add(new Stability(layer.getKey(), growth, mean, largest, recurrent));
    }
    return all;
  }

  private static double growth(Model model, Example example, String layer) {
    Observation observed = new Observation(model, example); // blame passes over a tape once
    List<Witness.Step> steps = observed.layers.get(layer);
    int last = steps.size() - 1;
    RandomStream random = RandomStream.of(1, "growth");
    for (Node state : steps.get(last).after()) {
      for (int i = 0; i < state.size(); i++) {
        state.gradient()[i] = (float) random.nextGaussian();
      }
    }
    observed.tape.passBack();
    double[] norms = new double[last + 1]; // by lag
    for (int lag = 0; lag <= last; lag++) {
      norms[lag] = norm(steps.get(last - lag).after());
    }
    int end = last;
    while (end > 0 && !(norms[end] > TINY && norms[end] < 1 / TINY)) {
      end--;
    }
    int begin = Math.min(10, end / 4); // by then it has turned to the direction that grows most
    return end == begin ? Double.NaN : Math.pow(norms[end] / norms[begin], 1.0 / (end - begin));
  }

  private static double norm(Node... state) {
    double squares = 0;
    for (Node node : state) {
      squares += node.hasGradient() ? squares(node) : 0;
    }
    return Math.sqrt(squares);
  }

  private static double squares(Node node) {
    double norm = Observation.norm(node.gradient(), node.size());
    return norm * norm;
  }

  /** The spectral radius at some states, evenly apart. */
  private static double[] radii(List<Witness.Step> steps) {
    double[] radii = new double[Math.min(STATES, steps.size())];
    Tape tape = Tape.training(Kernels.get());
    for (int i = 0; i < radii.length; i++) {
      Witness.Step step = steps.get((int) ((i + 1L) * steps.size() / radii.length) - 1);
      radii[i] = radius(new Product(step, tape));
    }
    return radii;
  }

  /** {@code Jᵀ·v} at one state; v is all tensors of the state in a row. */
  private record Product(Witness.Step step, Tape tape) implements Linear {
    @Override
    public int size() {
      int size = 0;
      for (Node node : step.before()) {
        size += node.columns();
      }
      return size;
    }

    @Override
    public double[] times(double[] v) {
      tape.reset();
      Node[] state = new Node[step.before().length];
      for (int s = 0; s < state.length; s++) {
        Node before = step.before()[s];
        state[s] = tape.input(1, before.columns(), before.value());
      }
      Node x = tape.constant(1, step.x().columns(), step.x().value());
      int at = 0;
      for (Node after : step.map().apply(tape, x, state)) {
        for (int i = 0; i < after.columns(); i++) {
          after.gradient()[i] += (float) v[at++];
        }
      }
      tape.passBack();
      double[] product = new double[v.length];
      at = 0;
      for (Node before : state) {
        for (int i = 0; i < before.columns(); i++) {
          product[at++] = before.gradient()[i];
        }
      }
      return product;
    }
  }

  /** A square matrix by its products. */
  private interface Linear {
    int size();

    double[] times(double[] v);
  }

  /** {@code lim ‖A^n·v‖^(1/n)}, from the second half of the products. */
  private static double radius(Linear matrix) {
    RandomStream random = RandomStream.of(1, "spectral radius");
    double[] v = new double[matrix.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextGaussian();
    }
    normalise(v);
    double logs = 0;
    for (int n = 0; n < ITERATIONS; n++) {
      v = matrix.times(v);
      double norm = normalise(v);
      if (norm == 0) {
        return 0;
      }
      logs += n < ITERATIONS / 2 ? 0 : Math.log(norm);
    }
    return Math.exp(logs / (ITERATIONS - ITERATIONS / 2));
  }

  private static double normalise(double[] v) {
    double squares = 0;
    for (double number : v) {
      squares += number * number;
    }
    double norm = Math.sqrt(squares);
    for (int i = 0; i < v.length && norm > 0; i++) {
      v[i] /= norm;
    }
    return norm;
  }

  private static double recurrentRadius(Model model, String layer) {
    for (Weight weight : model.weights()) {
      String[] around = weight.name().split("weight_hh", 2);
      if (around.length == 2
          && layer.equals(around[0].replaceFirst("\\.$", "") + around[1])
          && weight.rows() == weight.columns()) {
        return radius(new Square(weight));
      }
    }
    return Double.NaN;
  }

  /** A weight's matrix. */
  private record Square(Weight weight) implements Linear {
    @Override
    public int size() {
      return weight.rows();
    }

    @Override
    public double[] times(double[] v) {
      double[] product = new double[v.length];
      for (int i = 0; i < v.length; i++) {
        for (int j = 0; j < v.length; j++) {
          product[i] += v[j] * weight.values()[i * v.length + j];
        }
      }
      return product;
    }
  }
}
