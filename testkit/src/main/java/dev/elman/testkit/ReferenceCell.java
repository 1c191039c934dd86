package dev.elman.testkit;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The equations of a recurrent cell in double precision, unit by unit, as plain loops: written from
 * the equations alone, to hold the cells of core to.
 */
public interface ReferenceCell {
  /** The width of each state vector for H units; the first is the output. */
  int[] widths(int hidden);

  /** The state after one step. */
  double[][] step(Weights w, double[] x, double[][] state);

  /**
   * The reference of a cell with its modifiers, left to right.
   *
   * @throws AssertionError when there is none, saying where it belongs
   */
  static ReferenceCell of(String cell) {
    List<String> parts = Arrays.asList(cell.split("\\+"));
    Set<String> own = new HashSet<>(parts);
    own.retainAll(
        Set.of(
            "peepholes",
            "coupled",
            "layer-norm",
            "update-only",
            "reset-before",
            "update-replaces"));
    int projection = 0;
    for (String part : parts) {
      if (part.startsWith("projection=")) {
        projection = Integer.parseInt(part.substring(part.indexOf('=') + 1));
      }
    }
    ReferenceCell reference =
        own.isEmpty() && projection == 0
            ? plain(parts.get(0))
            : parts.get(0).equals("gru")
                ? new ReferenceGru(own)
                : new ReferenceLstm(own, projection);
    for (String part : parts.subList(1, parts.size())) {
      if (!own.contains(part) && !part.startsWith("projection=")) {
        reference = ReferenceWrapper.of(reference, part);
      }
    }
    return reference;
  }

  private static ReferenceCell plain(String cell) {
    String constant = cell.replace('-', '_').toUpperCase(Locale.ROOT);
    for (PlainReference reference : PlainReference.values()) {
      if (reference.name().equals(constant)) {
        return reference;
      }
    }
    throw new AssertionError(
        "Cell "
            + cell
            + " has no reference. Write its equations once more, in double precision, as the"
            + " constant "
            + constant
            + " of PlainReference.");
  }

  /** The logistic sigmoid. */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /**
   * The weights of one cell, row-major, by the names the cell gives them.
   *
   * @param hidden H
   * @param read what recurrent weights read in place of a vector
   */
  record Weights(Map<String, double[]> byName, int hidden, UnaryOperator<double[]> read) {
    /** Recurrent weights that read what they are given. */
    public Weights(Map<String, double[]> byName, int hidden) {
      this(byName, hidden, h -> h);
    }

    /** {@code W_i·x + b_i} of one unit of one gate, from {@code weight_ih} and {@code bias_ih}. */
    double input(int gate, int unit, double[] x) {
      int row = gate * hidden + unit;
      return product("weight_ih", row, x) + number("bias_ih", row);
    }

    /** {@code W_h·h + b_h} of one unit of one gate, from {@code weight_hh} and {@code bias_hh}. */
    double recurrent(int gate, int unit, double[] h) {
      int row = gate * hidden + unit;
      return product("weight_hh", row, read.apply(h)) + number("bias_hh", row);
    }

    /** A row of a matrix times a vector. */
    double product(String weight, int row, double[] x) {
      double[] w = of(weight);
      double sum = 0;
      for (int k = 0; k < x.length; k++) {
        sum += w[row * x.length + k] * x[k];
      }
      return sum;
    }

    /** A number of a vector. */
    double number(String weight, int row) {
      return of(weight)[row];
    }

    double[] of(String weight) {
      if (!byName.containsKey(weight)) {
        throw new AssertionError(
            "The reference reads a weight '" + weight + "', the cell has " + byName.keySet() + ".");
      }
      return byName.get(weight);
    }
  }
}
