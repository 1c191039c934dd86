package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import java.util.Map;

/**
 * Zoneout around any cell: in training some units keep their old state for a step.
 *
 * <pre>{@code
 * s = m·s' + (1 - m)·v,   v the next state by the cell inside, for each of its tensors
 * m = 1 with probability P, else 0, anew for each step, sequence and unit
 * m = P in inference: the mean
 * }</pre>
 *
 * <p>Krueger et al. 2016, with one share for all tensors of the state; an LSTM's h comes from the
 * new c, whether or not c keeps its old value, as there. Weights and state: those of the cell
 * inside.
 */
public final class Zoneout implements Wrapper {
  private final Cell inner;
  private final double share;
  private final Draw draw; // null to take the mean

  /**
   * Zoneout of a share of the units.
   *
   * @param share P, from 0 to below 1
   */
  public Zoneout(Cell inner, double share) {
    this(inner, Mask.requireShare("zoneout: expected the share of units kept", share), null);
    Wrapper.requireOnce(Zoneout.class, inner);
    if (Wrapper.isWrapped(inner, TimeCell.class)) {
      throw new IllegalArgumentException(
          "Zoneout: expected a cell without a step number, which must not stand still, got "
              + inner.name()
              + ". Write zoneout before time: "
              + inner.name().replaceFirst("\\+time=", "+zoneout=" + share + "+time=")
              + ".");
    }
  }

  private Zoneout(Cell inner, double share, Draw draw) {
    this.inner = inner;
    this.share = share;
    this.draw = draw;
  }

  @Override
  public Cell inner() {
    return inner;
  }

  @Override
  public String modifier() {
    return "zoneout=" + share;
  }

  @Override
  public Zoneout around(Cell other) {
    return new Zoneout(other, share, draw);
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public Cell at(Draw place) {
    return new Zoneout(inner.at(place), share, place);
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    Node[] next = inner.step(tape, w, x, state).clone();
    for (int s = 0; s < next.length; s++) {
      if (draw == null) {
        Node kept = e.linear((float) share, state[s], 0);
        next[s] = e.add(kept, e.linear((float) (1 - share), next[s], 0));
      } else {
        Node m = Mask.like(state[s], tape, draw.ofStep("zoneout " + s), share, 1);
        next[s] = e.add(e.multiply(state[s], m), e.multiply(next[s], e.oneMinus(m)));
      }
    }
    return next;
  }
}
