package dev.elman.cells;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Any cell, told the step number: a dynamical system whose law changes with time, {@code s_t =
 * f_t(s_{t-1}, x_t)}.
 *
 * <pre>{@code
 * φ_k(t) = 1 - exp(-t / 4^k),  k = 0 to K - 1    ramps that settle after 1, 4, 16, ... steps
 * x becomes [x φ_0(t) ... φ_K-1(t)]              for the cell inside
 * t = t' + 1
 * }</pre>
 *
 * <p>So the weights of the K further inputs make the biases of all gates functions of t, smooth and
 * bounded for sequences of any length; the matrices stay the same at all times. The step number is
 * a tensor of the state: a sequence in chunks, or a session, goes on counting. Weights: those of
 * the cell inside for D + K inputs. State: that of the cell inside, then t {@code [B, 1]}, 0 at
 * first.
 *
 * @param inner the cell that reads the ramps
 * @param ramps K
 */
public record TimeCell(Cell inner, int ramps) implements Wrapper {
  private static final int MOST = 15; // 4^15 steps

  /** Checks the number of ramps, and that the cell has no step number yet. */
  public TimeCell {
    Shape.positive("ramps of a step number (time=K)", ramps);
    if (ramps > MOST) {
      throw new IllegalArgumentException(
          "time: expected at most "
              + MOST
              + " ramps, got "
              + ramps
              + ". The k-th settles after 4^k steps: 5 are enough for a thousand.");
    }
    Wrapper.requireOnce(TimeCell.class, inner);
  }

  @Override
  public String modifier() {
    return "time=" + ramps;
  }

  @Override
  public TimeCell around(Cell other) {
    return new TimeCell(other, ramps);
  }

  @Override
  public List<WeightShape> weights(int inputs, int hidden) {
    return inner.weights(inputs + ramps, hidden);
  }

  @Override
  public int[] widths(int hidden) {
    int[] widths = inner.widths(hidden);
    int[] more = Arrays.copyOf(widths, widths.length + 1);
    more[widths.length] = 1;
    return more;
  }

  @Override
  public String stateLetters() {
    return inner.stateLetters() + ", t";
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    int last = state.length - 1;
    Node[] before = Arrays.copyOf(state, last);
    Node[] next = inner.step(tape, w, withRamps(tape, x, state[last]), before);
    Node[] all = Arrays.copyOf(next, last + 1);
    all[last] = later(tape, state[last]);
    return all;
  }

  private static Node later(Tape tape, Node t) {
    Node next = tape.node(t.rows(), 1, t.needsGradient());
    for (int b = 0; b < t.rows(); b++) {
      next.value()[b] = t.value()[b] + 1;
    }
    tape.record(next, () -> tape.kernels().axpy(1, next.gradient(), 0, t.gradient(), 0, t.rows()));
    return next;
  }

  private Node withRamps(Tape tape, Node x, Node t) {
    int d = x.columns();
    int wide = d + ramps;
    Node out = tape.node(x.rows(), wide, x.needsGradient() || t.needsGradient());
    for (int b = 0; b < x.rows(); b++) {
      System.arraycopy(x.value(), b * d, out.value(), b * wide, d);
      for (int k = 0; k < ramps; k++) {
        out.value()[b * wide + d + k] = (float) -Math.expm1(-t.value()[b] / scale(k));
      }
    }
    tape.record(
        out,
        () -> {
          for (int b = 0; b < x.rows(); b++) {
            if (x.needsGradient()) {
              tape.kernels().axpy(1, out.gradient(), b * wide, x.gradient(), b * d, d);
            }
            for (int k = 0; k < ramps && t.needsGradient(); k++) { // dφ/dt = (1 - φ) / 4^k
              int at = b * wide + d + k;
              t.gradient()[b] += out.gradient()[at] * (1 - out.value()[at]) / scale(k);
            }
          }
        });
    return out;
  }

  private static float scale(int k) {
    return 1 << 2 * k;
  }
}
