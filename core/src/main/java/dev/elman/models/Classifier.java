package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Dense;
import dev.elman.layers.Diagram;
import dev.elman.layers.Dropout;
import dev.elman.layers.Embedding;
import dev.elman.layers.Layer;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.layers.StreamState;
import dev.elman.losses.CrossEntropy;
import dev.elman.losses.Loss;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives each sequence one of V labels: symbols or rows of numbers to logits {@code [B, V]}.
 *
 * <p>Embedding (of symbols), recurrent network, pooling, dense layer; dropout on the embedding,
 * between layers and before the dense layer.
 */
public final class Classifier implements Model {
  private final Settings settings;
  private final Embedding embedding; // null for numbers
  private final Stacked stack;
  private final List<Weight> pooling;
  private final Dropout dropout;
  private final Dense head;
  private final Weights weights;

  /** A model with initial weights from the seed. */
  public Classifier(Settings settings, long seed) {
    this.settings = settings;
    RecurrentStack recurrent = settings.recurrent();
    boolean symbols = settings.symbols() > 0;
    embedding =
        symbols ? Embedding.of("embedding.", settings.symbols(), settings.columns(), seed) : null;
    List<Layer> layers = new ArrayList<>();
    if (symbols) {
      layers.add(new Dropout(settings.columns(), recurrent.dropout(), recurrent.mask()));
    }
    layers.addAll(recurrent.build("rnn.", settings.columns(), seed).layers());
    stack = new Stacked(layers);
    pooling = settings.pooling().weights(stack.outputs());
    dropout = new Dropout(stack.outputs(), recurrent.dropout(), Dropout.Mask.EACH_TOKEN);
    head = Dense.of("head.", stack.outputs(), settings.labels(), recurrent.initialisation(), seed);
    List<Weight> all = new ArrayList<>(symbols ? embedding.weights() : List.of());
    all.addAll(stack.weights());
    all.addAll(pooling);
    all.addAll(head.weights());
    weights = new Weights(all);
  }

  /**
   * What a classifier is.
   *
   * @param symbols size of the vocabulary; 0 where sequences are rows of numbers
   * @param columns of the embedding, or of the rows of numbers
   * @param labels V
   * @param pooling how a sequence's rows become one
   * @param labelSmoothing ε of the loss in training
   * @param recurrent the network
   */
  public record Settings(
      int symbols,
      int columns,
      int labels,
      Pooling pooling,
      double labelSmoothing,
      RecurrentStack recurrent) {
    /** Checks the sizes. */
    public Settings {
      Shape.positive("columns", columns);
      if (symbols < 0) {
        throw new IllegalArgumentException(
            "Classifier: expected the size of a vocabulary, or 0 for rows of numbers, got "
                + symbols
                + " symbols.");
      }
      if (labels < 2) {
        throw new IllegalArgumentException(
            "Classifier: expected at least two labels, got " + labels + ". Is a class missing?");
      }
    }
  }

  public Settings settings() {
    return settings;
  }

  @Override
  public String task() {
    return "classifier";
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

  @Override
  public Loss loss() {
    return new CrossEntropy(settings.labelSmoothing());
  }

  @Override
  public Loss measure() {
    return CrossEntropy.PLAIN;
  }

  @Override
  public void describe(Diagram diagram) {
    Diagram.Wire x =
        embedding == null
            ? diagram.input("numbers", settings.columns())
            : embedding.describe(diagram, diagram.input("symbol", 1));
    Diagram.Wire rows = stack.describe(diagram, x);
    Diagram.Wire pooled =
        settings.pooling().describe(diagram, rows, settings.recurrent().directions());
    diagram.output("logits of labels", head.describe(diagram, dropout.describe(diagram, pooled)));
  }

  @Override
  public String variant() {
    return settings.recurrent().variant() + " " + settings.pooling();
  }

  @Override
  public Stepper stepper(StreamState state) {
    if (settings.pooling() != Pooling.LAST) {
      throw new IllegalArgumentException(
          "Step by step: expected a classifier that looks at the last row, got one that pools by "
              + settings.pooling()
              + ", which needs all rows at once.\n"
              + "Cure: train with --pooling last, or classify whole sequences.");
    }
    Layer.Stepper read = stack.stepper(state);
    Layer.Stepper label = head.stepper(state);
    if (embedding == null) {
      return row -> label.step(read.step(Inputs.row(row, settings.columns())));
    }
    float[] x = new float[embedding.outputs()];
    return row -> {
      embedding.look(Inputs.code(row), x, 0);
      return label.step(read.step(x));
    };
  }

  @Override
  public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
    Node x =
        embedding == null
            ? Inputs.numbers(tape, inputs, settings.columns())
            : embedding.forward(tape, Inputs.codes(inputs));
    Layer.Output read = stack.forward(tape, packing, x, state);
    Node pooled = settings.pooling().pool(tape, packing, read.rows(), pooling);
    Packing rows = Packing.equal(packing.sequences(), 1);
    Node dropped = dropout.forward(tape, rows, pooled, new Node[0]).rows();
    return new Layer.Output(head.forward(tape, dropped), read.state());
  }
}
