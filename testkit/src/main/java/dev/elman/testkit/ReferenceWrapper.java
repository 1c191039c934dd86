package dev.elman.testkit;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The equations of what stands around a cell, as they are in inference.
 *
 * @param inner the cell inside
 * @param word the modifier's, such as {@code leaky}
 * @param value what stands behind its {@code =}
 */
record ReferenceWrapper(ReferenceCell inner, String word, String value) implements ReferenceCell {
  static ReferenceCell of(ReferenceCell inner, String modifier) {
    int at = modifier.indexOf('=');
    if (at < 0) {
      throw new AssertionError("No reference for the modifier '" + modifier + "'. Write one.");
    }
    return new ReferenceWrapper(inner, modifier.substring(0, at), modifier.substring(at + 1));
  }

  @Override
  public int[] widths(int hidden) {
    int[] widths = inner.widths(hidden);
    if (word.equals("time")) {
      widths = Arrays.copyOf(widths, widths.length + 1);
      widths[widths.length - 1] = 1;
    }
    return widths;
  }

  @Override
  public double[][] step(Weights w, double[] x, double[][] state) {
    return switch (word) {
      case "leaky" -> leaky(w, x, state);
      case "zoneout" -> zoneout(w, x, state);
      case "dropout", "step-dropout" -> inner.step(w, x, state); // nothing is dropped in inference
      case "deep" -> deep(w, x, state);
      case "time" -> time(w, x, state);
      default ->
          throw new AssertionError("No reference for the modifier '" + word + "'. Write it.");
    };
  }

  private double[][] leaky(Weights w, double[] x, double[][] state) {
    double[][] next = inner.step(w, x, state);
    for (int j = 0; j < next[0].length; j++) {
      double a =
          switch (value) {
            case "sampled" -> w.number("leak", j);
            case "learned" -> ReferenceCell.sigmoid(w.number("leak", j));
            default -> Double.parseDouble(value);
          };
      next[0][j] = a * state[0][j] + (1 - a) * next[0][j];
    }
    return next;
  }

  private double[][] zoneout(Weights w, double[] x, double[][] state) {
    double share = Double.parseDouble(value);
    double[][] next = inner.step(w, x, state);
    for (int s = 0; s < next.length; s++) {
      for (int j = 0; j < next[s].length; j++) {
        next[s][j] = share * state[s][j] + (1 - share) * next[s][j];
      }
    }
    return next;
  }

  private double[][] deep(Weights w, double[] x, double[][] state) {
    UnaryOperator<double[]> layer =
        h -> {
          double[] d = new double[Integer.parseInt(value)];
          for (int i = 0; i < d.length; i++) {
            d[i] = Math.tanh(w.product("weight_hd", i, h) + w.number("bias_hd", i));
          }
          return w.read().apply(d);
        };
    return inner.step(new Weights(w.byName(), w.hidden(), layer), x, state);
  }

  private double[][] time(Weights w, double[] x, double[][] state) {
    int last = state.length - 1;
    double t = state[last][0];
    int ramps = Integer.parseInt(value);
    double[] wide = Arrays.copyOf(x, x.length + ramps);
    for (int k = 0; k < ramps; k++) {
      wide[x.length + k] = 1 - Math.exp(-t / Math.pow(4, k));
    }
    double[][] next = inner.step(w, wide, Arrays.copyOf(state, last));
    double[][] all = Arrays.copyOf(next, last + 1);
    all[last] = new double[] {t + 1};
    return all;
  }
}
