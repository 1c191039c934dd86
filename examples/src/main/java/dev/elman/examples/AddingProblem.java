package dev.elman.examples;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.SequenceSource;
import dev.elman.batches.Source;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.Dense;
import dev.elman.layers.Layer;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Window;
import dev.elman.losses.Loss;
import dev.elman.losses.PointLoss;
import dev.elman.models.Model;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import dev.elman.training.Evaluation;
import dev.elman.training.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997), with a model of one's own: each step has a
 * number and a mark; the answer is the sum of the two marked numbers, one in the first half of the
 * sequence and one in the second.
 *
 * <p>Always answering 1 has a mean squared error of 1/6.
 */
@Command(
    name = "adding",
    description = {
      "The adding problem: the sum of two marked numbers among T.",
      "New sequences are drawn for every epoch. Over the first half of the training they grow to"
          + " their full length, because what is far apart is learned sooner after what is near.",
      "Shows how far back the loss is felt, before the training and after."
    })
public final class AddingProblem implements Example {
  private static final int LOOKED_AT = 16; // sequences, for gradients

  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "Length of a sequence (default: ${DEFAULT-VALUE}).")
  private int steps = 100;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      description = "Drawn for an epoch (default: ${DEFAULT-VALUE}).")
  private int sequences = 5000;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "Sequences to measure the error by (default: ${DEFAULT-VALUE}).")
  private int test = 2000;

  @Option(
      names = "--plot",
      paramLabel = "FILE.png|svg",
      description = "The picture of that (default: models/adding-CELL-T.png).")
  private Path plot;

  @Mixin
  private final NetworkOptions options = new NetworkOptions("gru", 150, 40, 0.002).withBatch(50);

  @Override
  public void run(Stage stage) {
    Shape.positive("adding problem: half of --steps", steps / 2);
    TrainingPlan plan = options.plan();
    Network network = new Network(options.recurrent(), options.seed());
    Source source =
        new Drawn(
            (epoch, random) ->
                sums(sequences, Drawn.growing(10, steps, epoch, plan.epochs()), random),
            options.seed());
    boolean hasState = !network.variant().equals(Window.NAME); // that blame flows to
    Stage.Gradients gradients = hasState ? stage.gradients(plot == null ? picture() : plot) : null;
    look(gradients, "fresh ", network);
    stage.train(network, plan, source, null);
    try (Threads threads = options.threads()) {
      Source unseen = sums(test, steps, RandomStream.of(options.seed(), "adding problem, test"));
      double error = Evaluation.meanLoss(network, unseen, threads);
      stage.say("%nMean squared error on %,d new sequences of %d steps:", test, steps);
      stage.table(
          List.of(
              List.of("", "error"),
              List.of("always answering 1", String.format(Locale.ROOT, "%.6f", 1 / 6.0)),
              List.of(network.variant(), String.format(Locale.ROOT, "%.6f", error))));
    }
    look(gradients, "trained ", network);
    if (gradients != null) {
      stage.say("");
      gradients.show();
    }
  }

  private Path picture() {
    return Path.of("models", "adding-" + options.recurrent().cell() + "-" + steps + ".png");
  }

  private void look(Stage.Gradients gradients, String when, Network network) {
    if (gradients != null) {
      gradients.at(when + network.variant(), network, examples());
    }
  }

  /** Sequences to look at gradients with, the same ones each time. */
  private List<dev.elman.inspection.Example> examples() {
    RandomStream random = RandomStream.of(options.seed(), "adding problem, gradients");
    List<String> places = IntStream.rangeClosed(1, steps).mapToObj(Integer::toString).toList();
    return Stream.generate(() -> Problem.draw(steps, random))
        .limit(LOOKED_AT)
        .map(
            problem ->
                new dev.elman.inspection.Example(
                    places, problem.rows, Values.Numbers.of(1, problem.sum)))
        .toList();
  }

  private SequenceSource sums(int count, int length, RandomStream random) {
    return sums(count, length, options.batch(), random);
  }

  /** Draws sequences of equal lengths, and their sums. */
  static SequenceSource sums(int count, int length, int batch, RandomStream random) {
    List<Values> sequences = new ArrayList<>();
    Values.Numbers sums = new Values.Numbers(1);
    float[] targets = sums.resize(count);
    for (int i = 0; i < count; i++) {
      Problem problem = Problem.draw(length, random);
      targets[i] = problem.sum;
      sequences.add(problem.rows);
    }
    return SequenceSource.valued(sequences, sums, batch);
  }

  /** A sequence and its sum. */
  private record Problem(Values.Numbers rows, float sum) {
    static Problem draw(int length, RandomStream random) {
      int first = random.nextInt(length / 2);
      int second = length / 2 + random.nextInt(length - length / 2);
      Values.Numbers rows = new Values.Numbers(2);
      float[] numbers = rows.resize(length);
      for (int t = 0; t < length; t++) {
        numbers[2 * t] = random.nextFloat();
        numbers[2 * t + 1] = t == first || t == second ? 1 : 0;
      }
      return new Problem(rows, numbers[2 * first] + numbers[2 * second]);
    }
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
      Node last = Pooling.LAST.pool(tape, packing, read.rows());
      return new Layer.Output(head.forward(tape, last), read.state());
    }
  }
}
