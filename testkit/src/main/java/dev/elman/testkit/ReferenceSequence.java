package dev.elman.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers of a cell over packed sequences of unequal lengths, in double precision: each sequence by
 * itself, each direction by itself.
 *
 * @param names of the cell's weights, in their order
 * @param hidden H
 * @param layers one upon the other
 * @param directions 1, or 2 for both
 */
public record ReferenceSequence(
    ReferenceCell cell, List<String> names, int hidden, int layers, int directions) {
  /**
   * What came out.
   *
   * @param rows {@code [N, directions·outputs]}, packed
   * @param state {@code [B, width]} for each layer, direction and state vector
   */
  public record Result(double[] rows, double[][] state) {}

  /**
   * Runs the sequences.
   *
   * @param weights for each layer and direction those of {@link #names}
   * @param lengths longest first
   * @param x {@code [N, D]}, packed: step by step, the longer sequences first
   * @param first {@code [B, width]} for each layer, direction and state vector
   */
  public Result run(List<double[]> weights, int[] lengths, double[] x, double[][] first) {
    int tokens = Arrays.stream(lengths).sum();
    int[] widths = cell.widths(hidden);
    int width = directions * widths[0];
    int columns = x.length / tokens;
    double[] below = x;
    double[] rows = x;
    double[][] last = new double[first.length][];
    for (int s = 0; s < last.length; s++) {
      last[s] = new double[first[s].length];
    }
    for (int layer = 0; layer < layers; layer++) {
      rows = new double[tokens * width];
      for (int direction = 0; direction < directions; direction++) {
        int part = layer * directions + direction;
        ReferenceCell.Weights w = weights(weights, part);
        for (int b = 0; b < lengths.length; b++) {
          double[][] state = new double[widths.length][];
          for (int s = 0; s < state.length; s++) {
            state[s] = slice(first[part * state.length + s], b, widths[s]);
          }
          for (int k = 0; k < lengths[b]; k++) {
            int t = direction == 0 ? k : lengths[b] - 1 - k;
            int row = row(lengths, t, b);
            state = cell.step(w, slice(below, row, columns), state);
            int at = row * width + direction * widths[0];
            System.arraycopy(state[0], 0, rows, at, widths[0]);
          }
          for (int s = 0; s < state.length; s++) {
            int at = b * widths[s];
            System.arraycopy(state[s], 0, last[part * state.length + s], at, widths[s]);
          }
        }
      }
      below = rows;
      columns = width;
    }
    return new Result(rows, last);
  }

  private ReferenceCell.Weights weights(List<double[]> all, int part) {
    Map<String, double[]> byName = new LinkedHashMap<>();
    for (int k = 0; k < names.size(); k++) {
      byName.put(names.get(k), all.get(names.size() * part + k));
    }
    return new ReferenceCell.Weights(byName, hidden);
  }

  /** Where step t of sequence b stands among the packed rows. */
  public static int row(int[] lengths, int t, int b) {
    int before = 0;
    for (int step = 0; step < t; step++) {
      for (int length : lengths) {
        before += length > step ? 1 : 0;
      }
    }
    return before + b;
  }

  private static double[] slice(double[] rows, int row, int columns) {
    return Arrays.copyOfRange(rows, row * columns, (row + 1) * columns);
  }
}
