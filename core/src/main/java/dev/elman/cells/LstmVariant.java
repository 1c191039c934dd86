package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The long short-term memory cell with peepholes, coupled gates, layer normalisation or a
 * projection, each alone or together.
 *
 * <pre>{@code
 * i = σ(W_ii·x + b_ii + W_hi·h' + b_hi + p_i·c')     peepholes: gates see the sum c
 * f = σ(W_if·x + b_if + W_hf·h' + b_hf + p_f·c')     coupled: f = 1 - i, no weights of its own
 * g = tanh(W_ig·x + b_ig + W_hg·h' + b_hg)
 * c = f·c' + i·g
 * o = σ(W_io·x + b_io + W_ho·h' + b_ho + p_o·c)
 * h = o·tanh(c)                                      projection: h = W_hr·(o·tanh(c))
 * }</pre>
 *
 * <p>Peepholes: Gers, Schraudolph and Schmidhuber 2002, one number a unit. Coupled gates: Greff et
 * al. 2015 (CIFG). Projection: Sak, Senior and Beaufays 2014, as PyTorch's {@code proj_size}. Layer
 * normalisation: Ba, Kiros and Hinton 2016, each product over all its gates together, and c before
 * its tanh, with LN the row less its mean over its deviation:
 *
 * <pre>{@code
 * W_i·x + b_i   becomes  gain_ih·LN(W_i·x) + b_i
 * W_h·h' + b_h  becomes  gain_hh·LN(W_h·h') + b_h
 * tanh(c)       becomes  tanh(gain_c·LN(c) + b_c)
 * }</pre>
 *
 * <p>Weights, with G = 4 gates i f g o, or 3, i g o, where they are coupled, and P outputs: {@code
 * weight_ih [G·H, D], weight_hh [G·H, P], bias_ih [G·H], bias_hh [G·H]}; {@code weight_hr [P, H]};
 * {@code weight_ch [3·H]} of i f o, {@code [2·H]} of i o; {@code gain_ih [G·H], gain_hh [G·H],
 * gain_c [H], bias_c [H]}. State: h {@code [B, P]} and c {@code [B, H]}.
 *
 * @param parts what is added
 * @param projection P, or 0 to leave h as wide as c
 */
public record LstmVariant(Set<Part> parts, int projection) implements Cell {
  /** Nothing added: the equations of {@link LstmCell}. */
  static final LstmVariant PLAIN = new LstmVariant(Set.of(), 0);

  /** What can be added. */
  public enum Part {
    /** Gates see c. */
    PEEPHOLES,
    /** What is forgotten is what is written over. */
    COUPLED,
    /** Products and c are normalised. */
    LAYER_NORM
  }

  /** Orders the parts, and checks the projection. */
  public LstmVariant {
    EnumSet<Part> ordered = EnumSet.noneOf(Part.class);
    ordered.addAll(parts);
    parts = Collections.unmodifiableSet(ordered);
    if (projection < 0) {
      throw new IllegalArgumentException(
          "projection: expected a number of outputs of at least 1, got "
              + projection
              + ". Leave it away for outputs as many as units.");
    }
  }

  LstmVariant with(Part part) {
    EnumSet<Part> more = EnumSet.of(part);
    more.addAll(parts);
    return new LstmVariant(more, projection);
  }

  @Override
  public String name() {
    StringBuilder name = new StringBuilder("lstm");
    for (Part part : parts) {
      name.append('+').append(part.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return (projection == 0 ? name : name.append("+projection=").append(projection)).toString();
  }

  @Override
  public String stateLetters() {
    return "h, c";
  }

  @Override
  public int[] widths(int hidden) {
    if (projection >= hidden) {
      throw new IllegalArgumentException(
          "projection: expected fewer outputs than the "
              + hidden
              + " units, got "
              + projection
              + ". Take more units (--hidden), or leave the projection away.");
    }
    return new int[] {projection == 0 ? hidden : projection, hidden};
  }

  @Override
  public List<WeightShape> weights(int inputs, int hidden) {
    int rows = (parts.contains(Part.COUPLED) ? 3 : 4) * hidden;
    List<WeightShape> all = new ArrayList<>();
    all.add(new WeightShape("weight_ih", Kind.INPUT, rows, inputs));
    all.add(new WeightShape("weight_hh", Kind.RECURRENT, rows, outputs(hidden)));
    all.add(new WeightShape("bias_ih", Kind.BIAS, rows));
    all.add(new WeightShape("bias_hh", Kind.BIAS, rows));
    if (projection > 0) {
      all.add(new WeightShape("weight_hr", Kind.INPUT, projection, hidden));
    }
    if (parts.contains(Part.PEEPHOLES)) {
      all.add(new WeightShape("weight_ch", Kind.BIAS, rows - hidden));
    }
    if (parts.contains(Part.LAYER_NORM)) {
      all.add(new WeightShape("gain_ih", Kind.OWN, rows));
      all.add(new WeightShape("gain_hh", Kind.OWN, rows));
      all.add(new WeightShape("gain_c", Kind.OWN, hidden));
      all.add(new WeightShape("bias_c", Kind.OWN, hidden));
    }
    return all;
  }

  @Override
  public float firstBias(String bias, int gate) { // remember at first, as LstmCell
    int decides = parts.contains(Part.COUPLED) ? 0 : 1;
    return bias.equals("bias_ih") && gate == decides ? decides == 1 ? 1 : -1 : 0;
  }

  @Override
  public float first(String weight, RandomStream random) {
    return weight.startsWith("gain") ? 1 : 0;
  }

  @Override
  public Role role(String weight, int gate) {
    List<Role> gates =
        parts.contains(Part.COUPLED)
            ? List.of(Role.ADMITS, Role.CANDIDATE, Role.OTHER)
            : List.of(Role.ADMITS, Role.KEEPS, Role.CANDIDATE, Role.OTHER);
    return Role.of(gates, weight, gate);
  }

  @Override
  public boolean hasCandidate() {
    return true;
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    Node before = state[1];
    int h = before.columns();
    boolean coupled = parts.contains(Part.COUPLED);
    Node a =
        e.add(
            e.add(normalised(e, e.product(x, w.get("weight_ih")), w, "ih"), w.get("bias_ih")),
            e.add(
                normalised(e, e.product(state[0], w.get("weight_hh")), w, "hh"), w.get("bias_hh")));
    Node seen = w.get("weight_ch");
    Node i = e.sigmoid(peep(tape, gate(tape, a, 0, h), seen, 0, before)).named("i");
    Node f =
        coupled
            ? e.oneMinus(i).named("f")
            : e.sigmoid(peep(tape, gate(tape, a, 1, h), seen, 1, before)).named("f");
    int last = coupled ? 2 : 3;
    Node g = e.tanh(gate(tape, a, last - 1, h)).named("g");
    Node c = e.add(e.multiply(f, before), e.multiply(i, Candidate.of(e, w, g)));
    Node o = e.sigmoid(peep(tape, gate(tape, a, last, h), seen, last - 1, c)).named("o");
    Node read = normalised(e, c, w, "c");
    Node out = e.multiply(o, e.tanh(read == c ? c : e.add(read, w.get("bias_c"))));
    return new Node[] {projection == 0 ? out : e.product(out, w.get("weight_hr")), c};
  }

  private static Node gate(Tape tape, Node a, int gate, int h) {
    return Slices.columns(tape, a, gate * h, h);
  }

  private Node normalised(Equations e, Node x, Map<String, Node> w, String which) {
    boolean plain = !parts.contains(Part.LAYER_NORM);
    return plain ? x : e.multiply(e.normalise(x), w.get("gain_" + which));
  }

  /** {@code a + p·c}, p the peepholes of a gate. */
  private Node peep(Tape tape, Node a, Node peepholes, int gate, Node c) {
    if (peepholes == null) {
      return a;
    }
    Equations e = new Equations(tape);
    return e.add(a, e.multiply(c, gate(tape, peepholes, gate, c.columns())));
  }
}
