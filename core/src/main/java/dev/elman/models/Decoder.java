package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.layers.Alignment;
import dev.elman.layers.Attention;
import dev.elman.layers.Dense;
import dev.elman.layers.Diagram;
import dev.elman.layers.Dropout;
import dev.elman.layers.Layer;
import dev.elman.layers.Merge;
import dev.elman.layers.Start;
import dev.elman.layers.TanhDense;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a sequence of symbols: at each step it reads the symbol before and whatever else it is
 * given, and predicts the next.
 *
 * <pre>{@code
 * x_t      = [embedding(y_{t-1})  context  aligned_t]      what of these it reads
 * h_t      = layer(x_t, h_{t-1})                           any layer, with a memory or without
 * c_t      = attention(h_t, memory)                        with attention:
 * g_t      = tanh(W_c [c_t h_t] + b_c)                     (Luong, Pham, Manning 2015)
 * logits_t = W g_t + b                                     else of h_t
 * }</pre>
 *
 * <p>In training the true symbols are given all at once (teacher forcing), so that a whole sequence
 * is one run of the layer; at use each step is given what was chosen before it. A context goes in
 * at each step, as the first state, or both (Goodfellow, Bengio and Courville 2016, figure 10.9);
 * an aligned sequence gives a row for each step (figure 10.10); a layer without memory makes it the
 * network of figure 10.4, whose only recurrence is from the output.
 */
public final class Decoder {
  private final Settings settings;
  private final SymbolRows symbols;
  private final Layer layer;
  private final Attention attention; // null without
  private final TanhDense combined; // null without attention
  private final Dropout dropout;
  private final Dense head;
  private final List<Weight> weights = new ArrayList<>();

  /** Whether a decoder reads the symbol before. */
  public enum Feedback {
    /** Each step reads the symbol before it. */
    PREVIOUS_SYMBOL,
    /** No step knows what was written: each predicts by itself from what the state holds. */
    NONE
  }

  /**
   * What a decoder is.
   *
   * @param symbols V, with one that ends a sequence, if sequences end by one
   * @param embedding columns of the embedding of symbols; 0 for V columns of ones and zeros
   * @param feedback whether it reads the symbol before
   * @param context columns of a vector that is read at each step; 0 for none
   * @param aligned columns of a sequence that gives a row for each step; 0 for none
   * @param attention the score, where it attends to a memory
   * @param dropout the share dropped of the layer's outputs
   * @param mask whether each token draws anew what is dropped, or each sequence once
   * @param sampling how often it reads its own symbols in training
   */
  public record Settings(
      int symbols,
      int embedding,
      Feedback feedback,
      int context,
      int aligned,
      Optional<Attention.Score> attention,
      double dropout,
      Dropout.Mask mask,
      ScheduledSampling sampling) {
    /** Reads the symbol before it and nothing else. */
    public static Settings of(int symbols, int embedding) {
      return new Settings(
          symbols,
          embedding,
          Feedback.PREVIOUS_SYMBOL,
          0,
          0,
          Optional.empty(),
          0,
          Dropout.Mask.EACH_TOKEN,
          ScheduledSampling.NONE);
    }

    /** Checks the sizes. */
    public Settings {
      Shape.positive("symbols", symbols);
      if (embedding < 0 || context < 0 || aligned < 0) {
        throw new IllegalArgumentException(
            "Decoder: expected numbers of columns from 0, got an embedding of "
                + embedding
                + ", a context of "
                + context
                + " and aligned rows of "
                + aligned
                + ".");
      }
      if (feedback == Feedback.NONE && context + aligned == 0) {
        throw new IllegalArgumentException(
            "Decoder: expected something to read at each step, got nothing: no symbol before it, "
                + "no context and no aligned sequence. Give it one of them.");
      }
      if (feedback == Feedback.NONE && sampling.most() > 0) {
        throw new IllegalArgumentException(
            "Decoder: expected one that reads the symbol before it, as its own symbols shall stand "
                + "in for the true ones (scheduled sampling, up to a share of "
                + sampling.most()
                + "), got one that reads none. Give it the symbol before, or leave scheduled "
                + "sampling away.");
      }
    }

    /** The same, with a context of so many columns at each step. */
    public Settings withContext(int columns) {
      return new Settings(
          symbols, embedding, feedback, columns, aligned, attention, dropout, mask, sampling);
    }

    /** The same, with a row of so many columns given for each step. */
    public Settings withAligned(int columns) {
      return new Settings(
          symbols, embedding, feedback, context, columns, attention, dropout, mask, sampling);
    }

    /** The same, reading the symbol before or not. */
    public Settings withFeedback(Feedback other) {
      return new Settings(
          symbols, embedding, other, context, aligned, attention, dropout, mask, sampling);
    }

    /** The same with attention. */
    public Settings withAttention(Attention.Score score) {
      return new Settings(
          symbols,
          embedding,
          feedback,
          context,
          aligned,
          Optional.of(score),
          dropout,
          mask,
          sampling);
    }

    /** The same, another share dropped of the layer's outputs. */
    public Settings withDropout(double share, Dropout.Mask drawn) {
      return new Settings(
          symbols, embedding, feedback, context, aligned, attention, share, drawn, sampling);
    }

    /** The same, reading its own symbols so often in training. */
    public Settings withSampling(ScheduledSampling other) {
      return new Settings(
          symbols, embedding, feedback, context, aligned, attention, dropout, mask, other);
    }

    /** Columns of a row that the layer reads. */
    public int inputs() {
      int ofSymbols = embedding == 0 ? symbols : embedding;
      return (feedback == Feedback.PREVIOUS_SYMBOL ? ofSymbols : 0) + context + aligned;
    }
  }

  /**
   * A decoder around a layer.
   *
   * @param prefix the decoder's name in the model, with its dot
   * @param layer takes {@link Settings#inputs} columns, and reads forwards only
   * @param memory columns of the memory that it attends to; 0 without attention
   */
  public Decoder(String prefix, Settings settings, Layer layer, int memory, Start start) {
    this.settings = settings;
    this.layer = layer;
    Shape.requireColumns(
        "Layer of the decoder", settings.inputs(), layer.inputs(), "It reads all that is given.");
    if (!layer.causal()) {
      throw new IllegalArgumentException(
          "A decoder cannot be bidirectional: read backwards, it would see the symbols that it is "
              + "to write. Make the encoder bidirectional instead.");
    }
    boolean reads = settings.feedback() == Feedback.PREVIOUS_SYMBOL;
    symbols =
        reads
            ? new SymbolRows(
                prefix + "embedding.", settings.symbols(), settings.embedding(), start.seed())
            : null;
    int width = layer.outputs();
    boolean attends = settings.attention().isPresent();
    attention =
        attends
            ? new Attention(
                prefix + "attention.",
                settings.attention().get(),
                new Attention.Widths(width, memory),
                start)
            : null;
    combined =
        attends ? TanhDense.of(prefix + "attention.output.", memory + width, width, start) : null;
    dropout = new Dropout(width, settings.dropout(), settings.mask());
    head =
        Dense.of(prefix + "head.", width, settings.symbols(), start.initialisation(), start.seed());
    weights.addAll(reads ? symbols.weights() : List.of());
    weights.addAll(layer.weights());
    weights.addAll(attends ? attention.weights() : List.of());
    weights.addAll(attends ? combined.weights() : List.of());
    weights.addAll(head.weights());
  }

  public Settings settings() {
    return settings;
  }

  /** The weights, in their fixed order. */
  public List<Weight> weights() {
    return List.copyOf(weights);
  }

  /** The width of each state tensor {@code [B, width]} of its layer. */
  public int[] states() {
    return layer.states();
  }

  /**
   * Where what a decoder is given comes from.
   *
   * @param rows what it attends to, or what is aligned with it; null for nothing
   * @param first the first state; null for zeros
   * @param context what is read at each step; null for nothing
   */
  record Wires(Diagram.Wire rows, Diagram.Wire first, Diagram.Wire context) {}

  /** Says what it is made of: the connections of {@link #forward}, between boxes. */
  void describe(Diagram diagram, Wires given) {
    Diagram.Wire before =
        symbols == null ? diagram.input("step", 1) : diagram.input("symbol before", 1);
    Diagram.Wire x = symbols == null ? before : symbols.describe(diagram, before);
    if (given.context() != null) {
      int columns = settings.inputs() - settings.aligned();
      x = diagram.merge(Merge.CONCATENATE.sign(), columns, x, given.context());
    }
    if (settings.aligned() > 0) {
      x = diagram.merge(Merge.CONCATENATE.sign(), settings.inputs(), x);
      diagram.connect(given.rows(), x, Diagram.Way.STEP, 0, "");
    }
    Diagram.Wire h = layer.describe(diagram, x);
    if (given.first() != null) {
      diagram.connect(given.first(), h, Diagram.Way.START, 0, "");
    }
    if (attention != null) {
      List<Weight> of = new ArrayList<>(attention.weights());
      of.addAll(combined.weights());
      Diagram.Box box = Diagram.Box.of("attention", given.rows().columns(), combined.outputs(), of);
      h = diagram.box(box, h, given.rows());
    }
    Diagram.Wire logits = diagram.output("logits of the next symbol", head.describe(diagram, h));
    if (symbols != null) {
      diagram.connect(logits, before, Diagram.Way.STEP, 1, "y");
    }
  }

  /** What its layer begins with by itself, for B sequences. */
  Node[] firstState(Tape tape, int sequences) {
    return layer.firstState(tape, sequences);
  }

  /** Makes a memory to attend to; null without attention. */
  Attention.Memory remember(Tape tape, Packing packing, Node rows, int[] places) {
    return attention == null ? null : attention.remember(tape, packing, rows, places);
  }

  /**
   * What a decoder is given beside the symbols.
   *
   * @param state one node {@code [B, width]} for each of {@link Decoder#states}
   * @param context {@code [B, C]}, read at each step; null for none
   * @param aligned {@code [N, A]}, a row for each token; null for none
   * @param memory what it attends to; null for nothing
   */
  public record Given(Node[] state, Node context, Node aligned, Attention.Memory memory) {
    /** The same in another state. */
    public Given withState(Node[] other) {
      return new Given(other, context, aligned, memory);
    }
  }

  /**
   * What a decoder says.
   *
   * @param logits {@code [N, V]}
   * @param state after the last steps
   * @param alignment where each step looked; null without attention
   */
  public record Said(Node logits, Node[] state, Alignment alignment) {}

  /**
   * Predicts each symbol from those before it.
   *
   * @param before for each token the symbol before it; the first of a sequence is whatever symbol
   *     stands for its beginning
   */
  public Said forward(Tape tape, Packing packing, Values.Codes before, Given given) {
    Node x = inputs(tape, packing, before, given);
    Layer.Output read = layer.forward(tape, packing, x, given.state());
    Node top = read.rows();
    Alignment alignment = null;
    if (attention != null) {
      Attention.Reading reading = attention.forward(tape, packing, top, given.memory());
      alignment = reading.alignment();
      top = combined.forward(tape, Slices.joinColumns(tape, reading.rows(), top));
    }
    Node kept = dropout.forward(tape, packing, top, new Node[0]).rows();
    return new Said(head.forward(tape, kept), read.state(), alignment);
  }

  private Node inputs(Tape tape, Packing packing, Values.Codes before, Given given) {
    Node x = null;
    if (symbols != null) {
      x = symbols.forward(tape, before);
    }
    if (settings.context() > 0) {
      x = join(tape, x, Slices.gather(tape, given.context(), sequences(packing), packing.tokens()));
    }
    return settings.aligned() > 0 ? join(tape, x, given.aligned()) : x;
  }

  private static Node join(Tape tape, Node x, Node more) {
    return x == null ? more : Slices.joinColumns(tape, x, more);
  }

  /** For each row its sequence. */
  private static int[] sequences(Packing packing) {
    int[] sequences = new int[packing.tokens()];
    for (int t = 0; t < packing.steps(); t++) {
      for (int b = 0; b < packing.running(t); b++) {
        sequences[packing.row(t, b)] = b;
      }
    }
    return sequences;
  }
}
