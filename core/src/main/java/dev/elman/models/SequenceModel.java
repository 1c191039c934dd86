package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.SequenceSource;
import dev.elman.batches.Values;
import dev.elman.layers.Dense;
import dev.elman.layers.Diagram;
import dev.elman.layers.Dropout;
import dev.elman.layers.Embedding;
import dev.elman.layers.Layer;
import dev.elman.layers.Merge;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.layers.StreamState;
import dev.elman.losses.Categorical;
import dev.elman.losses.Distribution;
import dev.elman.losses.Loss;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A probability distribution of whole sequences, by the chain rule (Goodfellow, Bengio and
 * Courville 2016, equations 10.29 to 10.34).
 *
 * <pre>{@code
 * P(x_1 .. x_T) = Π_t P(x_t | x_1 .. x_t-1)
 * h_t = f(h_t-1, x_t-1),  P(x_t | ..) = distribution with the parameters W·h_t + b
 * }</pre>
 *
 * <p>At each step the network reads the row before, at the first a start symbol or zeros; symbols
 * are embedded. Beside it may stand the step's number and a context, the same at all steps.
 */
public final class SequenceModel implements Model, Likelihood {
  private final Settings settings;
  private final Embedding embedding; // null for rows of numbers
  private final Stacked stack; // recurrent layers, dropout, dense
  private final Weights weights;

  /** A model with initial weights from the seed. */
  public SequenceModel(Settings settings, long seed) {
    this.settings = settings;
    RecurrentStack recurrent = settings.recurrent();
    embedding =
        settings.rows() instanceof Categorical symbols
            ? Embedding.of("embedding.", symbols.symbols() + 1, settings.embedding(), seed)
            : null;
    int inputs = settings.inputs() + (embedding == null ? 0 : settings.embedding() - 1);
    List<Layer> layers = new ArrayList<>(recurrent.build("rnn.", inputs, seed).layers());
    int width = layers.get(layers.size() - 1).outputs();
    layers.add(new Dropout(width, recurrent.dropout(), recurrent.mask()));
    int outputs = settings.predicted().parameters();
    layers.add(Dense.of("head.", width, outputs, recurrent.initialisation(), seed));
    stack = new Stacked(layers);
    List<Weight> all = new ArrayList<>(embedding == null ? List.of() : embedding.weights());
    all.addAll(stack.weights());
    weights = new Weights(all);
  }

  /**
   * What a model of sequences is.
   *
   * @param rows the distribution of a row: symbols are {@link Categorical}
   * @param embedding columns of the embedding of symbols; 0 for rows of numbers
   * @param ending how sequences end
   * @param clock the step's number, from 0, divided by this is an input; 0 for none
   * @param context C, numbers that are given with each sequence and are an input at all its steps
   * @param recurrent the network; reads forwards only
   */
  public record Settings(
      Distribution rows,
      int embedding,
      Ending ending,
      int clock,
      int context,
      RecurrentStack recurrent) {
    /** Checks that the parts fit. */
    public Settings {
      if (embedding > 0 != rows instanceof Categorical || embedding < 0) {
        throw new IllegalArgumentException(
            "Sequence model of "
                + rows
                + ": expected "
                + (rows instanceof Categorical ? "columns of the embedding" : "no embedding (0)")
                + ", got "
                + embedding
                + ".");
      }
      if (clock < 0 || context < 0) {
        throw new IllegalArgumentException(
            "Sequence model: expected a clock and a context of 0 (none) or more, got "
                + clock
                + " and "
                + context
                + ".");
      }
      if (recurrent.directions() == RecurrentStack.Directions.BOTH) {
        throw new IllegalArgumentException(
            "A model of sequences cannot be bidirectional: read backwards, it would see the row "
                + "that it is to predict.");
      }
      ending.over(rows);
    }

    /** The distribution of what is predicted at a step: a row, and what its ending adds. */
    public Distribution predicted() {
      return ending.over(rows);
    }

    /** Numbers that are read at a step; a symbol is one. */
    int inputs() {
      return rows.columns() + (clock > 0 ? 1 : 0) + ending.inputs() + context;
    }

    /** The names of what is read beside the row before. */
    String beside() {
      List<String> names = new ArrayList<>();
      if (clock > 0) {
        names.add("clock");
      }
      if (ending.inputs() > 0) {
        names.add("remaining");
      }
      if (context > 0) {
        names.add("context");
      }
      return String.join(", ", names);
    }

    /** Whether symbols are all that is read. */
    boolean readsCodes() {
      return rows instanceof Categorical && inputs() == 1;
    }
  }

  public Settings settings() {
    return settings;
  }

  @Override
  public String task() {
    return "sequence-model";
  }

  @Override
  public Weights weights() {
    return weights;
  }

  @Override
  public int[] states() {
    return stack.states();
  }

  @Override
  public boolean causal() {
    return stack.causal();
  }

  @Override
  public Node[] firstState(Tape tape, int sequences) {
    return stack.firstState(tape, sequences);
  }

  /** The negative log-likelihood: a mean of nats a sequence; a step, where lengths are given. */
  @Override
  public Loss loss() {
    return new PerSequence(settings);
  }

  @Override
  public String variant() {
    return settings.recurrent().variant() + ", " + settings.predicted();
  }

  @Override
  public void describe(Diagram diagram) {
    Diagram.Wire before = diagram.input("row before", settings.rows().columns());
    Diagram.Wire x = embedding == null ? before : embedding.describe(diagram, before);
    int beside = settings.inputs() - settings.rows().columns();
    if (beside > 0) {
      Diagram.Wire more = diagram.input(settings.beside(), beside, before);
      x = diagram.merge(Merge.CONCATENATE.sign(), stack.inputs(), x, more);
    }
    diagram.output(settings.predicted().toString(), stack.describe(diagram, x));
  }

  @Override
  public Stepper stepper(StreamState state) {
    Layer.Stepper read = stack.stepper(state);
    if (embedding == null) {
      return row -> read.step(Inputs.row(row, settings.inputs()));
    }
    float[] x = new float[stack.inputs()];
    int beside = settings.inputs() - 1;
    return row -> {
      if (beside == 0) {
        embedding.look(Inputs.code(row), x, 0);
      } else {
        float[] numbers = Inputs.row(row, settings.inputs());
        embedding.look((int) numbers[0], x, 0);
        System.arraycopy(numbers, 1, x, x.length - beside, beside);
      }
      return read.step(x);
    };
  }

  /** Inputs as {@link #source} gives them: the row before, and what stands beside it. */
  @Override
  public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
    return stack.forward(tape, packing, read(tape, inputs), state);
  }

  private Node read(Tape tape, Values inputs) {
    if (settings.readsCodes()) {
      return embedding.forward(tape, Inputs.codes(inputs));
    }
    Node numbers = Inputs.numbers(tape, inputs, settings.inputs());
    if (embedding == null) {
      return numbers;
    }
    Values.Codes codes = new Values.Codes();
    int[] array = codes.resize(numbers.rows());
    for (int i = 0; i < array.length; i++) {
      array[i] = (int) numbers.value()[i * settings.inputs()];
    }
    Node beside = Slices.columns(tape, numbers, 1, settings.inputs() - 1);
    return Slices.joinColumns(tape, embedding.forward(tape, codes), beside);
  }

  /**
   * Sequences to learn from or to measure with, each with its own number of steps; batches hold any
   * lengths.
   *
   * @param sequences codes, or rows of K numbers
   */
  public SequenceSource source(List<Values> sequences, int batch) {
    return source(sequences, Collections.nCopies(sequences.size(), new float[0]), batch);
  }

  /** The same, with C numbers for each sequence. */
  public SequenceSource source(List<Values> sequences, List<float[]> contexts, int batch) {
    List<Values> inputs = new ArrayList<>();
    List<Values> targets = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      SequenceSteps steps = new SequenceSteps(settings, contexts.get(i));
      inputs.add(steps.inputs(sequences.get(i)));
      targets.add(steps.targets(sequences.get(i)));
    }
    return SequenceSource.mixed(inputs, targets, batch);
  }

  /**
   * {@inheritDoc}
   *
   * <p>One for each row; before them that of the length, or after them that of the end symbol,
   * where the ending has one.
   */
  @Override
  public double[] logProbabilities(Values sequence) {
    return logProbabilities(sequence, new float[0]);
  }

  /** The same, given C numbers. */
  public double[] logProbabilities(Values sequence, float[] context) {
    SequenceSteps steps = new SequenceSteps(settings, context);
    Values targets = steps.targets(sequence);
    return ChainRule.measure(this, settings.predicted(), steps.inputs(sequence), targets);
  }

  /**
   * Draws a sequence, row by row, each given those before (ancestral sampling).
   *
   * @param temperature of each draw, that of the ending included
   * @param most rows, after which the sequence is cut off; the number of them where it is given
   */
  public Values sample(RandomStream random, double temperature, int most) {
    return sample(random, temperature, most, new float[0]);
  }

  /** The same, given C numbers. */
  public Values sample(RandomStream random, double temperature, int most, float[] context) {
    SequenceSteps steps = new SequenceSteps(settings, context);
    List<float[]> rows = ChainRule.draw(this, steps, most, new ChainRule.Draw(random, temperature));
    return SequenceSteps.values(settings.rows(), rows);
  }
}
