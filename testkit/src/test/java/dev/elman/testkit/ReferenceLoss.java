package dev.elman.testkit;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.layers.Layer;
import dev.elman.layers.Recurrent;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * A loss over the outputs and the final state of a recurrent layer, by {@link ReferenceSequence}:
 * each number times a factor of its own, in double precision, and its finite differences.
 */
final class ReferenceLoss {
  private final String cell;
  private final List<Weight> weights;
  private final Packing packing;
  private final int inputs;
  private final int hidden;
  private final int states;

  ReferenceLoss(String cell, Recurrent layer, Packing packing) {
    this.cell = cell;
    this.weights = layer.weights();
    this.packing = packing;
    this.inputs = layer.inputs();
    this.hidden = layer.outputs();
    this.states = layer.states().length;
  }

  /** The same loss on the tape. */
  static Node on(Tape tape, Layer.Output output) {
    Equations e = new Equations(tape);
    Node loss = weighted(tape, e, output.rows(), 0);
    for (int s = 0; s < output.state().length; s++) {
      loss = e.add(loss, weighted(tape, e, output.state()[s], s + 1));
    }
    return loss;
  }

  private static Node weighted(Tape tape, Equations e, Node node, int part) {
    Node factors = tape.constant(node.rows(), node.columns());
    for (int i = 0; i < node.size(); i++) {
      factors.value()[i] = (float) factor(part, i);
    }
    return e.sum(e.multiply(node, factors));
  }

  private static double factor(int part, int i) {
    return (float) Math.cos(1.3 * i + part);
  }

  /** All weights, inputs and first states, one after another. */
  static double[] numbers(Recurrent layer, List<GradientCheck.Input> inputs) {
    List<float[]> parts = new ArrayList<>();
    layer.weights().forEach(weight -> parts.add(weight.values()));
    inputs.forEach(input -> parts.add(input.values()));
    double[] all = new double[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      for (float number : part) {
        all[at++] = number;
      }
    }
    return all;
  }

  /** Which number that is. */
  String name(int i) {
    int at = i;
    for (Weight weight : weights) {
      if (at < weight.size()) {
        return weight.name() + "[" + at + "]";
      }
      at -= weight.size();
    }
    int x = packing.tokens() * inputs;
    return at < x ? "x[" + at + "]" : "state[" + (at - x) + "]";
  }

  /** Outputs {@code [N, H]}. */
  double[] outputs(double[] all) {
    double[] outputs = new double[packing.tokens() * hidden];
    run(all, outputs);
    return outputs;
  }

  /** Central differences for every number. */
  double[] gradient(double[] all) {
    double step = 1e-6;
    double[] gradient = new double[all.length];
    double[] outputs = new double[packing.tokens() * hidden];
    for (int i = 0; i < all.length; i++) {
      double before = all[i];
      all[i] = before + step;
      double above = run(all, outputs);
      all[i] = before - step;
      gradient[i] = (above - run(all, outputs)) / (2 * step);
      all[i] = before;
    }
    return gradient;
  }

  private double run(double[] all, double[] outputs) {
    int[] at = {0};
    int width = weights.get(0).rows();
    ReferenceSequence sequence =
        new ReferenceSequence(
            cell,
            matrix(all, at, width, inputs),
            matrix(all, at, width, hidden),
            matrix(all, at, 1, width)[0],
            matrix(all, at, 1, width)[0]);
    double[][] x = matrix(all, at, packing.tokens(), inputs);
    double[][] h = matrix(all, at, packing.sequences(), hidden);
    double[][] c =
        states > 1
            ? matrix(all, at, packing.sequences(), hidden)
            : new double[packing.sequences()][hidden];
    double loss = 0;
    for (int b = 0; b < packing.sequences(); b++) {
      double[][] own = new double[packing.length(b)][];
      for (int t = 0; t < own.length; t++) {
        own[t] = x[packing.row(t, b)];
      }
      double[][] y = sequence.run(own, h[b], c[b]);
      for (int t = 0; t < own.length; t++) {
        int row = packing.row(t, b) * hidden;
        for (int j = 0; j < hidden; j++) {
          outputs[row + j] = y[t][j];
          loss += factor(0, row + j) * y[t][j];
        }
      }
      for (int j = 0; j < hidden; j++) {
        loss += factor(1, b * hidden + j) * h[b][j];
        loss += states > 1 ? factor(2, b * hidden + j) * c[b][j] : 0;
      }
    }
    return loss;
  }

  private static double[][] matrix(double[] all, int[] at, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      System.arraycopy(all, at[0], row, 0, columns);
      at[0] += columns;
    }
    return matrix;
  }
}
