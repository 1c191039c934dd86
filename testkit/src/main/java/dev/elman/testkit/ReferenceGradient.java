package dev.elman.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The gradient of a function in double precision by central differences of fourth order, some ten
 * digits of it.
 */
public final class ReferenceGradient {
  private static final double STEP = 1e-4;

  private ReferenceGradient() {}

  /**
   * The gradient for every number of every argument.
   *
   * @param arguments changed while this runs, and put back
   */
  public static List<double[]> of(
      ToDoubleFunction<List<double[]>> function, List<double[]> arguments) {
    List<double[]> gradient = new ArrayList<>();
    for (double[] argument : arguments) {
      double[] slopes = new double[argument.length];
      for (int i = 0; i < slopes.length; i++) {
        double value = argument[i];
        double[] f = new double[5];
        for (int k = -2; k <= 2; k++) {
          argument[i] = value + k * STEP;
          f[k + 2] = function.applyAsDouble(arguments);
        }
        argument[i] = value;
        slopes[i] = (8 * (f[3] - f[1]) - (f[4] - f[0])) / (12 * STEP);
      }
      gradient.add(slopes);
    }
    return gradient;
  }

  /** Numbers in double precision. */
  public static double[] widen(float... numbers) {
    double[] wide = new double[numbers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = numbers[i];
    }
    return wide;
  }
}
