package dev.elman.examples;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Packing;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.Dense;
import dev.elman.layers.Layer;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.losses.Loss;
import dev.elman.losses.PointLoss;
import dev.elman.models.Model;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import dev.elman.training.Evaluation;
import dev.elman.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997), with a source and a model of one's own:
 * each step has a number and a mark; the answer is the sum of the two marked numbers, one in the
 * first half of the sequence and one in the second.
 *
 * <p>Always answering 1 has a mean squared error of 1/6.
 */
@Command(
    name = "adding",
    description = {
      "The adding problem: the sum of two marked numbers among T.",
      "New sequences are drawn for every batch. Over the first half of the training they grow to"
          + " their full length, because what is far apart is learned sooner after what is near."
    })
public final class AddingProblem implements Example {
  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "Length of a sequence (default: ${DEFAULT-VALUE}).")
  private int steps = 100;

  @Option(
      names = "--batches",
      paramLabel = "N",
      description = "In an epoch (default: ${DEFAULT-VALUE}).")
  private int batches = 200;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "Sequences to measure the error by (default: ${DEFAULT-VALUE}).")
  private int test = 2000;

  @Mixin
  private final NetworkOptions options = new NetworkOptions("gru", 150, 40, 0.002).withBatch(50);

  @Override
  public void run(Stage stage) {
    TrainingPlan plan = options.plan();
    Network network = new Network(options.recurrent(), options.seed());
    int[] lengths = growing(Math.min(10, steps), steps, plan.epochs());
    stage.train(network, plan, new Sums(batches, options.batch(), lengths, options.seed()), null);
    double error;
    try (Threads threads = options.threads()) {
      Source unseen = new Sums((test + 49) / 50, 50, new int[] {steps}, options.seed() + 1);
      error = Evaluation.meanLoss(network, unseen, threads);
    }
    stage.say("%nMean squared error on %,d new sequences of %d steps:", test, steps);
    stage.table(
        List.of(
            List.of("", "error"),
            List.of("always answering 1", String.format(Locale.ROOT, "%.6f", 1 / 6.0)),
            List.of(network.variant(), String.format(Locale.ROOT, "%.6f", error))));
  }

  /** A length for each epoch: from the first to the last over half of them, then the last. */
  static int[] growing(int first, int last, int epochs) {
    int[] lengths = new int[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      double share = Math.min(1, epoch / Math.max(1, epochs / 2.0));
      lengths[epoch] = (int) Math.round(first + share * (last - first));
    }
    return lengths;
  }

  /** A recurrent layer and a dense one on its last state: a number for each sequence. */
  static final class Network implements Model {
    private final Layer layer;
    private final Dense head;
    private final String cell;

    Network(RecurrentStack recurrent, long seed) {
      this(recurrent.build("rnn.", 2, seed), recurrent, seed);
    }

    /** With any layer that reads two columns, a cell of one's own among them. */
    Network(Layer layer, RecurrentStack recurrent, long seed) {
      this.layer = layer;
      head = Dense.of("head.", layer.outputs(), 1, recurrent.initialisation(), seed);
      cell = recurrent.cell();
    }

    @Override
    public String task() {
      return "adding-problem";
    }

    @Override
    public String variant() {
      return cell;
    }

    @Override
    public Weights weights() {
      List<Weight> all = new ArrayList<>(layer.weights());
      all.addAll(head.weights());
      return new Weights(all);
    }

    @Override
    public int[] states() {
      return layer.states();
    }

    @Override
    public Loss loss() {
      return PointLoss.SQUARED;
    }

    @Override
    public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
      Values.Numbers numbers = (Values.Numbers) inputs;
      Node x = tape.constant(numbers.rows(), 2, numbers.array());
      Layer.Output read = layer.forward(tape, packing, x, state);
      Node last = Pooling.LAST.pool(tape, packing, read.rows(), RecurrentStack.Directions.FORWARD);
      return new Layer.Output(head.forward(tape, last), read.state());
    }
  }

  /** Sequences drawn anew for every batch. */
  static final class Sums implements Source {
    private final int batches;
    private final int sequences;
    private final int[] lengths;
    private final long seed;
    private int epoch;

    /**
     * Draws from the seed.
     *
     * @param lengths of the sequences of each epoch
     */
    Sums(int batches, int sequences, int[] lengths, long seed) {
      this.batches = batches;
      this.sequences = sequences;
      this.lengths = lengths;
      this.seed = seed;
    }

    @Override
    public int batches() {
      return batches;
    }

    @Override
    public int sequences(int batch) {
      return sequences;
    }

    @Override
    public boolean continues() {
      return false;
    }

    @Override
    public void shuffle(RandomStream random) {
      epoch++; // called before each
    }

    @Override
    public Batch blank() {
      return new Batch(new Packing(), new Values.Numbers(2), new Values.Numbers(1));
    }

    @Override
    public void fill(int batch, Shard shard, Batch into) {
      int now = Math.max(0, epoch - 1);
      int length = lengths[now];
      int count = shard.sequences(sequences);
      into.packing().setEqual(count, length);
      float[] inputs = ((Values.Numbers) into.inputs()).resize(count * length);
      float[] targets = ((Values.Numbers) into.targets()).resize(count);
      for (int b = 0; b < count; b++) {
        int place = shard.index() + b * shard.count();
        RandomStream random = RandomStream.of(seed, "adding problem", now, batch, place);
        int first = random.nextInt(length / 2);
        int second = length / 2 + random.nextInt(length - length / 2);
        targets[b] = 0;
        for (int t = 0; t < length; t++) {
          boolean marked = t == first || t == second;
          float number = random.nextFloat();
          inputs[2 * into.packing().row(t, b)] = number;
          inputs[2 * into.packing().row(t, b) + 1] = marked ? 1 : 0;
          targets[b] += marked ? number : 0;
        }
      }
    }
  }
}
