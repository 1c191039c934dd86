package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.Diagram;
import dev.elman.layers.Dropout;
import dev.elman.layers.Layer;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.layers.Start;
import dev.elman.losses.CrossEntropy;
import dev.elman.losses.Loss;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns one sequence into another, of any other length: an encoder reads the source, a {@link
 * Decoder} writes the target (Cho et al. 2014; Sutskever, Vinyals and Le 2014).
 *
 * <p>Batches are {@link Values.Pairs}: the packing is the targets', their own rows are the symbols
 * before each target, the others are the sources. Both networks may differ in cell and size. What
 * the decoder knows of the source is told by {@link Context} and by attention.
 */
public final class EncoderDecoder implements Model {
  private final Settings settings;
  private final SymbolRows symbols; // of the source; null for numbers
  private final Stacked encoder;
  private final Bridge bridge; // null where the decoder begins by itself
  private final Decoder decoder;
  private final Weights weights;

  /** What the decoder is told of the source, beside what it attends to. */
  public enum Context {
    /** Nothing: it begins as its network does by itself. */
    NONE,
    /** Its first state, by a bridge from the encoder's last. */
    FIRST_STATE,
    /** The encoder's last output, at each step. */
    EACH_STEP,
    /** Both. */
    BOTH,
    /** The encoder's output of the same step, at each step: for targets as long as the source. */
    ALIGNED
  }

  /**
   * One side of the model.
   *
   * @param symbols V; 0 where a source is rows of numbers
   * @param columns of the embedding, or of the rows of numbers; 0 for V columns of ones and zeros
   * @param recurrent its network
   */
  public record Side(int symbols, int columns, RecurrentStack recurrent) {
    /** Checks the sizes. */
    public Side {
      if (symbols < 0 || columns < 0 || symbols + columns == 0) {
        throw new IllegalArgumentException(
            "Encoder-decoder: expected symbols, or columns of numbers, got "
                + symbols
                + " symbols and "
                + columns
                + " columns.");
      }
    }

    int inputs() {
      return columns == 0 ? symbols : columns;
    }
  }

  /**
   * What goes from the encoder to the decoder.
   *
   * @param context what it is told
   * @param bridge how its first state is made, where there is one
   * @param attention the score, where it attends to all of the encoder's outputs
   */
  public record Link(Context context, Bridge.Form bridge, Optional<Attention.Score> attention) {}

  /**
   * How it is trained.
   *
   * @param sampling how often the decoder reads its own symbols
   * @param labelSmoothing ε of the loss
   */
  public record Training(ScheduledSampling sampling, double labelSmoothing) {
    /** Teacher forcing without label smoothing. */
    public static final Training PLAIN = new Training(ScheduledSampling.NONE, 0);
  }

  /**
   * What an encoder-decoder is.
   *
   * @param source what is read, and by which network
   * @param target what is written, and by which network
   * @param link what the second knows of the first
   * @param feedback whether the decoder reads what it has written
   * @param training what only helps training
   */
  public record Settings(
      Side source, Side target, Link link, Decoder.Feedback feedback, Training training) {
    /** Checks that the parts fit. */
    public Settings {
      Shape.positive("symbols of the target", target.symbols());
      if (link.context() == Context.NONE && link.attention().isEmpty()) {
        throw new IllegalArgumentException(
            "Encoder-decoder: expected the decoder to know something of the source, got neither a "
                + "context nor attention. Give it one of them.");
      }
      if (hasFirstState(link)
          && target.recurrent().firstState() != RecurrentStack.FirstState.ZERO) {
        throw new IllegalArgumentException(
            "Encoder-decoder: expected a decoder without a first state of its own, as it gets the "
                + "encoder's, got a learned one. Leave that away, or give the context at each "
                + "step.");
      }
    }

    /** The decoder's, where the encoder gives so many outputs. */
    Decoder.Settings decoder(int outputs) {
      boolean each = link.context() == Context.EACH_STEP || link.context() == Context.BOTH;
      return new Decoder.Settings(
          target.symbols(),
          target.columns(),
          feedback,
          each ? outputs : 0,
          link.context() == Context.ALIGNED ? outputs : 0,
          link.attention(),
          target.recurrent().dropout(),
          target.recurrent().mask(),
          training.sampling());
    }

    private static boolean hasFirstState(Link link) {
      return link.context() == Context.FIRST_STATE || link.context() == Context.BOTH;
    }
  }

  /** A model with initial weights from the seed. */
  public EncoderDecoder(Settings settings, long seed) {
    this.settings = settings;
    Side source = settings.source();
    symbols =
        source.symbols() == 0
            ? null
            : new SymbolRows("encoder.embedding.", source.symbols(), source.columns(), seed);
    encoder = network("encoder.rnn.", source.inputs(), source.recurrent(), seed);
    Start start = new Start(settings.target().recurrent().initialisation(), seed);
    Decoder.Settings writes = settings.decoder(encoder.outputs());
    Layer layer = network("decoder.rnn.", writes.inputs(), settings.target().recurrent(), seed);
    decoder = new Decoder("decoder.", writes, layer, encoder.outputs(), start);
    bridge =
        Settings.hasFirstState(settings.link())
            ? new Bridge(
                "bridge.",
                settings.link().bridge(),
                new Bridge.Widths(encoder.states(), decoder.states()),
                start)
            : null;
    List<Weight> all = new ArrayList<>(symbols == null ? List.of() : symbols.weights());
    all.addAll(encoder.weights());
    all.addAll(bridge == null ? List.of() : bridge.weights());
    all.addAll(decoder.weights());
    weights = new Weights(all);
  }

  /** Dropout on what is read, then the recurrent layers. */
  private static Stacked network(String prefix, int inputs, RecurrentStack recurrent, long seed) {
    List<Layer> layers = new ArrayList<>();
    if (recurrent.dropout() > 0) {
      layers.add(new Dropout(inputs, recurrent.dropout(), recurrent.mask()));
    }
    layers.addAll(recurrent.build(prefix, inputs, seed).layers());
    return new Stacked(layers);
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
    return "translator";
  }

  @Override
  public Weights weights() {
    return weights;
  }

  /** None that goes on from batch to batch: a pair is read from its start. */
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
    Diagram.Wire x =
        symbols == null
            ? diagram.input("source", settings.source().inputs())
            : symbols.describe(diagram, diagram.input("source symbol", 1));
    Diagram.Wire read = encoder.describe(diagram, x);
    Diagram.Wire first = null;
    if (bridge != null) {
      int from = Arrays.stream(encoder.states()).sum();
      int to = Arrays.stream(decoder.states()).sum();
      Diagram.Box box = Diagram.Box.of("bridge", from, to, bridge.weights());
      first = diagram.once(box, Diagram.Way.LAST, read);
    }
    Diagram.Wire context =
        decoder.settings().context() == 0
            ? null
            : diagram.once(
                Diagram.Box.of("context", read.columns(), read.columns(), List.of()),
                Diagram.Way.LAST,
                read);
    decoder.describe(diagram, new Decoder.Wires(read, first, context));
  }

  @Override
  public String variant() {
    String attention =
        settings
            .link()
            .attention()
            .map(score -> ", attention " + score.name().toLowerCase(Locale.ROOT))
            .orElse("");
    return settings.source().recurrent().variant()
        + " to "
        + settings.target().recurrent().variant()
        + ", context "
        + settings.link().context().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + attention;
  }

  @Override
  public Layer.Output forward(Tape tape, Packing packing, Values inputs, Node[] state) {
    Values.Pairs pairs = Inputs.pairs(inputs);
    Decoder.Given given = read(tape, packing, pairs);
    Values.Codes truth = Inputs.codes(pairs.own());
    Values.Codes before = OwnSymbols.of(decoder, tape, packing, truth, given);
    return new Layer.Output(decoder.forward(tape, packing, before, given).logits(), state);
  }

  /** Reads one source, to be used as long as the tape is not reset. */
  public Decoder.Given read(Tape tape, Values source) {
    Packing one = Packing.equal(1, source.rows());
    return read(tape, one, new Values.Pairs(source, one, source, Values.Codes.of(0)));
  }

  /**
   * Reads the sources of some pairs.
   *
   * @param packing of the targets; only its lengths are looked at, and only for an aligned context
   */
  public Decoder.Given read(Tape tape, Packing packing, Values.Pairs pairs) {
    Packing of = pairs.packing();
    int[] places = Arrays.copyOf(pairs.places().array(), pairs.places().rows());
    Node x =
        symbols == null
            ? Inputs.numbers(tape, pairs.others(), settings.source().inputs())
            : symbols.forward(tape, Inputs.codes(pairs.others()));
    Layer.Output read = encoder.forward(tape, of, x, encoder.firstState(tape, of.sequences()));
    Node[] first =
        bridge == null ? null : bridge.forward(tape, ordered(tape, read.state(), places));
    Node context = null;
    if (decoder.settings().context() > 0) {
      Node last = Pooling.LAST.pool(tape, of, read.rows());
      context = Slices.gather(tape, last, places, places.length);
    }
    boolean aligned = decoder.settings().aligned() > 0;
    return new Decoder.Given(
        first == null ? decoder.firstState(tape, places.length) : first,
        context,
        aligned ? aligned(tape, packing, read.rows(), pairs, places) : null,
        decoder.remember(tape, of, read.rows(), places));
  }

  /** States in the order of the targets. */
  private static Node[] ordered(Tape tape, Node[] state, int[] places) {
    Node[] ordered = new Node[state.length];
    for (int s = 0; s < state.length; s++) {
      ordered[s] = Slices.gather(tape, state[s], places, places.length);
    }
    return ordered;
  }

  /** Rows of the source where the targets have theirs. */
  private static Node aligned(
      Tape tape, Packing packing, Node rows, Values.Pairs pairs, int[] places) {
    int[] index = new int[packing.tokens()];
    for (int b = 0; b < places.length; b++) {
      int length = pairs.packing().length(places[b]);
      if (length != packing.length(b)) {
        throw new IllegalArgumentException(
            "Aligned sequences: expected a target as long as its source, "
                + length
                + ", got "
                + packing.length(b)
                + ". Use attention or another context for sequences of unequal lengths.");
      }
      for (int t = 0; t < length; t++) {
        index[packing.row(t, b)] = pairs.packing().row(t, places[b]);
      }
    }
    return Slices.gather(tape, rows, index, index.length);
  }
}
