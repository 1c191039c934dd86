package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Bridge;
import dev.elman.layers.Diagram;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Start;
import dev.elman.losses.CrossEntropy;
import dev.elman.losses.Loss;
import dev.elman.models.EncoderDecoder.Context;
import dev.elman.models.EncoderDecoder.Side;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes a sequence after a vector, as a caption is written after an image (Vinyals et al. 2015;
 * Goodfellow, Bengio and Courville 2016, figure 10.9).
 *
 * <p>The vector is the decoder's first state, by a bridge, or an input at each step, or both.
 * Batches are {@link Values.Pairs}: the others are sequences of one row, the vector.
 */
public final class VectorToSequence implements Model {
  private final Settings settings;
  private final Bridge bridge; // null where the decoder begins with zeros
  private final Decoder decoder;
  private final Weights weights;

  /**
   * What the model is.
   *
   * @param vector C, numbers of a vector
   * @param context where it goes in: the first state, each step, or both
   * @param target what is written, and by which network
   * @param training what only helps training
   */
  public record Settings(
      int vector, Context context, Side target, EncoderDecoder.Training training) {
    /** Checks that the parts fit. */
    public Settings {
      Shape.positive("numbers of a vector", vector);
      if (context == Context.NONE || context == Context.ALIGNED) {
        throw new IllegalArgumentException(
            "Vector to sequence: expected the vector as first state, at each step, or both, got "
                + context
                + ". One vector cannot be aligned with steps; an EncoderDecoder can.");
      }
      if (context != Context.EACH_STEP
          && target.recurrent().firstState() != RecurrentStack.FirstState.ZERO) {
        throw new IllegalArgumentException(
            "Vector to sequence: expected a decoder without a first state of its own, as the vector"
                + " makes it, got a learned one. Leave that away, or give the vector at each"
                + " step.");
      }
    }

    private boolean isRead() {
      return context != Context.FIRST_STATE;
    }

    private boolean isFirstState() {
      return context != Context.EACH_STEP;
    }
  }

  /** A model with initial weights from the seed. */
  public VectorToSequence(Settings settings, long seed) {
    this.settings = settings;
    Side target = settings.target();
    Decoder.Settings writes =
        Decoder.Settings.of(target.symbols(), target.columns())
            .withContext(settings.isRead() ? settings.vector() : 0)
            .withDropout(target.recurrent().dropout(), target.recurrent().mask())
            .withSampling(settings.training().sampling());
    Start start = new Start(target.recurrent().initialisation(), seed);
    Layer layer = target.recurrent().build("decoder.rnn.", writes.inputs(), seed);
    decoder = new Decoder("decoder.", writes, layer, 0, start);
    Bridge.Widths widths = new Bridge.Widths(new int[] {settings.vector()}, decoder.states());
    bridge =
        settings.isFirstState() ? new Bridge("bridge.", Bridge.Form.DENSE, widths, start) : null;
    List<Weight> all = new ArrayList<>(bridge == null ? List.of() : bridge.weights());
    all.addAll(decoder.weights());
    weights = new Weights(all);
  }

  public Settings settings() {
    return settings;
  }

  /** What writes, given what {@link #read} gives. */
  public Decoder decoder() {
    return decoder;
  }

  @Override
  public String task() {
    return "vector-to-sequence";
  }

  @Override
  public Weights weights() {
    return weights;
  }

  /** None that goes on from batch to batch. */
  @Override
  public int[] states() {
    return new int[0];
  }

  @Override
  public Loss loss() {
    return new CrossEntropy(settings.training().labelSmoothing());
  }

  @Override
  public Loss measure() {
    return CrossEntropy.PLAIN;
  }

  @Override
  public void describe(Diagram diagram) {
    Diagram.Wire vector = diagram.vector("vector", settings.vector());
    Diagram.Wire first = null;
    if (bridge != null) {
      int to = Arrays.stream(decoder.states()).sum();
      Diagram.Box box = Diagram.Box.of("bridge", settings.vector(), to, bridge.weights());
      first = diagram.box(box, vector);
    }
    decoder.describe(diagram, new Decoder.Wires(null, first, settings.isRead() ? vector : null));
  }

  @Override
  public String variant() {
    return settings.target().recurrent().variant()
        + ", context "
        + settings.context().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
    Values.Pairs pairs = Inputs.pairs(inputs);
    Node vectors = Inputs.numbers(tape, pairs.others(), settings.vector());
    Shape.require(
        "Vectors",
        new int[] {packing.sequences()},
        new int[] {vectors.rows()},
        "Each sequence needs one vector.");
    Node ordered = Slices.gather(tape, vectors, pairs.places().array(), vectors.rows());
    Decoder.Given given = read(tape, ordered);
    Values.Codes truth = Inputs.codes(pairs.own());
    Values.Codes before = OwnSymbols.of(decoder, tape, packing, truth, given);
    return new Layer.Output(decoder.forward(tape, packing, before, given).logits(), state);
  }

  /**
   * What the decoder is given of some vectors.
   *
   * @param vectors {@code [B, C]}, in the order of the targets
   */
  public Decoder.Given read(Tape tape, Node vectors) {
    Node[] first =
        bridge == null
            ? decoder.firstState(tape, vectors.rows())
            : bridge.forward(tape, new Node[] {vectors});
    return new Decoder.Given(first, settings.isRead() ? vectors : null, null, null);
  }
}
