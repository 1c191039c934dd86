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
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.layers.StreamState;
import dev.elman.losses.Categorical;
import dev.elman.losses.CrossEntropy;
import dev.elman.losses.Loss;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predicts the next symbol of a text: codes {@code [N]} to logits {@code [N, V]}.
 *
 * <p>Embedding, recurrent network, dense layer; dropout on the embedding, between layers and before
 * the dense layer.
 */
public final class LanguageModel implements Model, Likelihood {
  private final Settings settings;
  private final Embedding embedding;
  private final Stacked stack; // dropout, recurrent layers, dropout, dense
  private final Weights weights;

  /** A model with initial weights from the seed. */
  public LanguageModel(Settings settings, long seed) {
    this.settings = settings;
    RecurrentStack recurrent = settings.recurrent();
    embedding = Embedding.of("embedding.", settings.symbols(), settings.embedding(), seed);
    List<Layer> layers = new ArrayList<>();
    layers.add(dropout(settings.embedding()));
    layers.addAll(recurrent.build("rnn.", settings.embedding(), seed).layers());
    int width = layers.get(layers.size() - 1).outputs();
    layers.add(dropout(width));
    layers.add(head(width, seed));
    stack = new Stacked(layers);
    requireForwards();
    List<Weight> all = new ArrayList<>(embedding.weights());
    for (Weight weight : stack.weights()) {
      if (weight != embedding.weight()) {
        all.add(weight);
      }
    }
    weights = new Weights(all);
  }

  private Dropout dropout(int width) {
    return new Dropout(width, settings.recurrent().dropout(), settings.recurrent().mask());
  }

  private Dense head(int width, long seed) {
    if (settings.output() == Output.TIED) {
      requireTied(width);
      return new Dense(embedding.weight(), new Weight("head.bias", settings.symbols()));
    }
    return Dense.of(
        "head.", width, settings.symbols(), settings.recurrent().initialisation(), seed);
  }

  private void requireForwards() {
    if (!stack.causal()) {
      throw new IllegalArgumentException(
          "A language model cannot be bidirectional: read backwards, it would see the symbol "
              + "that it is to predict. Leave --bidirectional away.");
    }
  }

  private void requireTied(int width) {
    if (settings.embedding() != width) {
      throw new IllegalArgumentException(
          "Tied weights: expected an embedding as wide as the network's output, "
              + width
              + ", got "
              + settings.embedding()
              + ". Choose --embedding so, or --dense-out of the embedding's width.");
    }
  }

  /** Where the dense layer's weights come from. */
  public enum Output {
    /** Weights of its own. */
    OWN,
    /** The embedding's: fewer parameters (Press and Wolf 2017). */
    TIED
  }

  /**
   * What a language model is.
   *
   * @param symbols V, size of the vocabulary
   * @param embedding columns of the embedding
   * @param output where the dense layer's weights come from
   * @param labelSmoothing ε of the loss in training
   * @param recurrent the network; reads forwards only
   */
  public record Settings(
      int symbols, int embedding, Output output, double labelSmoothing, RecurrentStack recurrent) {
    /** Checks that the parts fit. */
    public Settings {
      Shape.positive("symbols", symbols);
      Shape.positive("embedding", embedding);
    }
  }

  public Settings settings() {
    return settings;
  }

  @Override
  public String task() {
    return "language-model";
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
    Diagram.Wire x = embedding.describe(diagram, diagram.input("symbol", 1));
    diagram.output("logits of the next symbol", stack.describe(diagram, x));
  }

  @Override
  public String variant() {
    return settings.recurrent().variant();
  }

  @Override
  public Stepper stepper(StreamState state) {
    Layer.Stepper read = stack.stepper(state);
    float[] x = new float[embedding.outputs()];
    return row -> {
      embedding.look(Inputs.code(row), x, 0);
      return read.step(x);
    };
  }

  @Override
  public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
    return stack.forward(tape, packing, embedding.forward(tape, Inputs.codes(inputs)), state);
  }

  /**
   * {@inheritDoc}
   *
   * <p>One for each symbol after the first, which is given: {@code P(x_2 .. x_T | x_1)}.
   *
   * @param text codes {@code [T]}
   */
  @Override
  public double[] logProbabilities(Values text) {
    Values.Codes codes = Inputs.codes(text);
    int[] array = Arrays.copyOf(codes.array(), codes.rows());
    if (array.length < 2) {
      return new double[0];
    }
    Values read = Values.Codes.of(Arrays.copyOf(array, array.length - 1));
    Values next = Values.Codes.of(Arrays.copyOfRange(array, 1, array.length));
    return ChainRule.measure(this, new Categorical(settings.symbols()), read, next);
  }
}
