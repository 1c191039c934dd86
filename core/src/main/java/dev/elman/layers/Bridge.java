package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From what one network ends with, or from a vector, to what another begins with: {@code [B, ·]} to
 * the first state of a layer of any size.
 *
 * <pre>{@code
 * state_k = tanh(W_k [s_1 s_2 ... ] + b_k)      Form.DENSE, for each state tensor k
 * state_k = s_k                                  Form.IDENTITY
 * }</pre>
 *
 * <p>As Goodfellow, Bengio and Courville (2016) describe it in section 10.4, where encoder and
 * decoder differ in size.
 */
public final class Bridge {
  private static final String WHOLE = "Pass all state tensors that the network before it gives.";

  private final int[] from;
  private final int[] to;
  private final List<TanhDense> layers = new ArrayList<>(); // none for the identity

  /** How states become others. */
  public enum Form {
    /** By a dense layer of tanh units for each tensor, which sees all that came. */
    DENSE,
    /** Unchanged; both sides must have equal tensors. */
    IDENTITY
  }

  /**
   * The widths on both sides.
   *
   * @param from of each tensor that comes
   * @param to of each state tensor that is needed
   */
  public record Widths(int[] from, int[] to) {}

  /** A bridge whose weights are named {@code prefix + "0.weight"} and so on. */
  public Bridge(String prefix, Form form, Widths widths, Start start) {
    from = widths.from().clone();
    to = widths.to().clone();
    if (form == Form.IDENTITY && !Arrays.equals(from, to)) {
      throw new IllegalArgumentException(
          "Bridge without weights: expected both sides to have equal states, got "
              + Shape.text(from)
              + " before and "
              + Shape.text(to)
              + " behind it. Make both networks alike, or use a dense bridge.");
    }
    int all = Arrays.stream(from).sum();
    for (int k = 0; k < to.length && form == Form.DENSE; k++) {
      layers.add(TanhDense.of(prefix + k + ".", all, to[k], start));
    }
  }

  /** The weights, in their fixed order. */
  public List<Weight> weights() {
    return layers.stream().flatMap(layer -> layer.weights().stream()).toList();
  }

  /**
   * The first state.
   *
   * @param given {@code [B, width]} for each tensor that comes
   * @return {@code [B, width]} for each that is needed
   */
  public Node[] forward(Tape tape, Node[] given) {
    Shape.require(
        "Tensors before a bridge", new int[] {from.length}, new int[] {given.length}, WHOLE);
    if (layers.isEmpty()) {
      return given.clone();
    }
    Node joined = given[0];
    for (int k = 1; k < given.length; k++) {
      joined = Slices.joinColumns(tape, joined, given[k]);
    }
    Node[] state = new Node[to.length];
    for (int k = 0; k < to.length; k++) {
      state[k] = layers.get(k).forward(tape, joined);
    }
    return state;
  }
}
