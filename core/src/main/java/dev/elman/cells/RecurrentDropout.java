package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.RandomStream;
import java.util.Map;

/**
 * Dropout of the recurrent state around any cell: in training recurrent weights read only some of
 * the units.
 *
 * <pre>{@code
 * W_h·h'  becomes  W_h·(m·h')
 * m = 0 with probability P, else 1 / (1 - P); nothing in inference
 * }</pre>
 *
 * <p>One mask for a whole sequence: variational dropout, Gal and Ghahramani 2016, the same for all
 * gates; a stream that is trained chunk by chunk has one for each chunk. Anew at each step: as
 * Semeniuta, Severyn and Barth 2016 ask, without loss of memory: masked is only what recurrent
 * weights read, never what passes straight on, as an LSTM's c or what a GRU keeps, so that nothing
 * is lost by being dropped step after step. Weights and state: those of the cell inside.
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
    Equations e = new Equations(tape);
    float scale = (float) (1 / (1 - share));
    Map<String, Node> reading =
        masked.reading(tape, w, h -> e.multiply(h, Mask.like(h, tape, stream(), 1 - share, scale)));
    return inner.step(tape, reading, x, state);
  }

  private RandomStream stream() {
    return often == Often.EACH_STEP ? draw.ofStep("step-dropout") : draw.ofRun("dropout");
  }
}
