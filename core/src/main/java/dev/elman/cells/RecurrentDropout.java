package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.RandomStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Dropout of the recurrent state around any cell, in training; in inference nothing is dropped.
 *
 * <pre>{@code
 * m = 0 with probability P, else 1 / (1 - P)
 *
 * a mask for each sequence:   W_h·(m·h') in place of W_h·h'
 * a mask for each step:       f·c' + i·(m·g) in place of f·c' + i·g          an LSTM
 *                             (1 - z)·(m·n) + z·h'                           a GRU
 *                             W_h·(m·h')                                     other cells
 * }</pre>
 *
 * <p>For each sequence: variational dropout, Gal and Ghahramani 2016, the same mask for all gates;
 * a stream that is trained chunk by chunk has one for each chunk. For each step: Semeniuta, Severyn
 * and Barth 2016, on the candidate, where the cell has one ({@link Cell#hasCandidate}). Either way
 * what passes straight on, an LSTM's c or what a GRU keeps, is never masked, so that memory is not
 * lost by being dropped step after step. Weights and state: those of the cell inside.
 */
public final class RecurrentDropout implements Wrapper {
  private final Cell inner;
  private final double share;
  private final Often often;
  private final RecurrentWeights masked;
  private final Draw draw; // null to drop nothing

  /** How often the mask is drawn. */
  public enum Often {
    /** Once for a sequence. */
    EACH_SEQUENCE("dropout"),
    /** Anew at each step. */
    EACH_STEP("step-dropout");

    private final String modifier;

    Often(String modifier) {
      this.modifier = modifier;
    }
  }

  /**
   * Dropout of a share of the units.
   *
   * @param share P, from 0 to below 1
   */
  public RecurrentDropout(Cell inner, double share, Often often) {
    this(inner, share, often, RecurrentWeights.of(inner), null);
    Mask.requireShare(often.modifier + ": expected the share of units to drop", share);
    Wrapper.requireOnce(RecurrentDropout.class, inner);
  }

  private RecurrentDropout(
      Cell inner, double share, Often often, RecurrentWeights masked, Draw draw) {
    this.inner = inner;
    this.share = share;
    this.often = often;
    this.masked = masked;
    this.draw = draw;
  }

  @Override
  public Cell inner() {
    return inner;
  }

  @Override
  public String modifier() {
    return often.modifier + "=" + share;
  }

  @Override
  public RecurrentDropout around(Cell other) {
    return new RecurrentDropout(other, share, often, masked, draw);
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public Cell at(Draw place) {
    return new RecurrentDropout(inner.at(place), share, often, masked, place);
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    if (draw == null) {
      return inner.step(tape, w, x, state);
    }
    if (often == Often.EACH_STEP && hasCandidate()) {
      Map<String, Node> more = new HashMap<>(w);
      more.put(Candidate.MASK, mask(tape, widest(state)));
      return inner.step(tape, more, x, state);
    }
    Equations e = new Equations(tape);
    return inner.step(tape, masked.reading(tape, w, h -> e.multiply(h, mask(tape, h))), x, state);
  }

  private Node mask(Tape tape, Node like) {
    return Mask.like(like, tape, stream(), 1 - share, (float) (1 / (1 - share)));
  }

  /** As wide as the candidate: an output may be narrower. */
  private static Node widest(Node[] state) {
    Node widest = state[0];
    for (Node tensor : state) {
      widest = tensor.columns() > widest.columns() ? tensor : widest;
    }
    return widest;
  }

  private RandomStream stream() {
    return often == Often.EACH_STEP ? draw.ofStep("step-dropout") : draw.ofRun("dropout");
  }
}
