package dev.elman.examples;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.cells.Cell;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Dense;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Pooling;
import dev.elman.layers.Recurrent;
import dev.elman.losses.PointLoss;
import dev.elman.optimizers.Adam;
import dev.elman.optimizers.Clipping;
import dev.elman.optimizers.OptimizerState;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997), learned by any cell in a loop of one's own:
 * each step has a number and a mark; the answer is the sum of the two marked numbers.
 *
 * <p>Always answering 1 has a mean squared error of 1/6.
 */
public final class AddingProblem {
  private static final int STEPS = 20;
  private static final int SEQUENCES = 32;

  private final Recurrent layer;
  private final Dense head;
  private final Weights weights;
  private final OptimizerState state;
  private final Tape tape = Tape.training(Kernels.get());
  private final Packing packing = Packing.equal(SEQUENCES, STEPS);
  private final RandomStream random = RandomStream.of(1, "adding problem");

  /** A network of 32 units of the given cell. */
  public AddingProblem(Cell cell) {
    Recurrent.Name name = new Recurrent.Name("rnn.", "_l0");
    layer = new Recurrent(name, cell, 2, 32, Initialisation.ORTHOGONAL, 1);
    head = Dense.of("head.", 32, 1, Initialisation.ORTHOGONAL, 1);
    List<Weight> all = new ArrayList<>(layer.weights());
    all.addAll(head.weights());
    weights = new Weights(all);
    state = new OptimizerState(Adam.DEFAULTS, weights);
  }

  /** Learns the adding problem and prints how it goes. */
  public static void main(String[] args) {
    AddingProblem problem = new AddingProblem(new SimplifiedGru());
    for (int round = 1; round <= 20; round++) {
      System.out.printf("after %d batches: error %.4f%n", 100 * round, problem.train(100));
    }
  }

  /** Learns from some batches and returns the mean squared error of the last ten. */
  public double train(int batches) {
    double sum = 0;
    for (int batch = 0; batch < batches; batch++) {
      double loss = step();
      sum += batch >= batches - 10 ? loss / 10 : 0;
    }
    return sum;
  }

  private double step() {
    Values.Numbers inputs = new Values.Numbers(2);
    Values.Numbers targets = new Values.Numbers(1);
    draw(inputs.resize(packing.tokens()), targets.resize(SEQUENCES));
    tape.reset();
    Node x = tape.constant(packing.tokens(), 2, inputs.array());
    Node rows = layer.forward(tape, packing, x, layer.firstState(tape, SEQUENCES)).rows();
    Node last = Pooling.LAST.pool(tape, packing, rows);
    Node loss = PointLoss.SQUARED.sum(tape, head.forward(tape, last), targets);
    tape.backward(loss);
    List<float[]> gradients = new ArrayList<>();
    for (Weight weight : weights) {
      float[] mean = tape.gradient(weight).clone();
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= SEQUENCES;
      }
      gradients.add(mean);
    }
    Clipping.byNorm(1).clip(gradients);
    Adam.DEFAULTS.step(weights, gradients, state, 0.005);
    return loss.value()[0] / SEQUENCES;
  }

  private void draw(float[] inputs, float[] targets) {
    for (int b = 0; b < SEQUENCES; b++) {
      int first = random.nextInt(STEPS / 2);
      int second = STEPS / 2 + random.nextInt(STEPS / 2);
      targets[b] = 0;
      for (int t = 0; t < STEPS; t++) {
        boolean marked = t == first || t == second;
        float number = random.nextFloat();
        inputs[2 * packing.row(t, b)] = number;
        inputs[2 * packing.row(t, b) + 1] = marked ? 1 : 0;
        targets[b] += marked ? number : 0;
      }
    }
  }
}
