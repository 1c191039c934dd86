package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Leaky units around any cell: its output is a running mean.
 *
 * <pre>{@code
 * h = a·h' + (1 - a)·v,   v the output of the cell inside, which reads h'
 * }</pre>
 *
 * <p>Mozer 1992; Jaeger et al. 2007; Goodfellow, Bengio and Courville 2016, 10.9.2. Other state
 * tensors, such as an LSTM's c, stay as the cell inside computes them. Weights: those of the cell
 * inside, and {@code leak [outputs]} where each unit has an a of its own.
 *
 * @param inner the cell that computes v
 * @param leak a
 */
public record Leaky(Cell inner, Leak leak) implements Wrapper {
  /** Checks that the cell is not leaky yet. */
  public Leaky {
    Wrapper.requireOnce(Leaky.class, inner);
  }

  @Override
  public String modifier() {
    return "leaky=" + leak.text();
  }

  @Override
  public Leaky around(Cell other) {
    return new Leaky(other, leak);
  }

  @Override
  public List<WeightShape> weights(int inputs, int hidden) {
    List<WeightShape> all = new ArrayList<>(inner.weights(inputs, hidden));
    if (leak instanceof Leak.OfUnits units) {
      Kind kind = units == Leak.OfUnits.SAMPLED ? Kind.FIXED : Kind.OWN;
      all.add(new WeightShape("leak", kind, outputs(hidden)));
    }
    return all;
  }

  @Override
  public float first(String weight, RandomStream random) {
    return weight.equals("leak") && leak instanceof Leak.OfUnits units
        ? units.first(random)
        : inner.first(weight, random);
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    Node[] next = inner.step(tape, w, x, state).clone();
    if (leak instanceof Leak.Fixed fixed) {
      float a = (float) fixed.share();
      next[0] = e.add(e.linear(a, state[0], 0), e.linear(1 - a, next[0], 0));
    } else {
      Node leaks = w.get("leak");
      Node a = leak == Leak.OfUnits.LEARNED ? e.sigmoid(leaks).named("a") : leaks;
      next[0] = e.add(e.multiply(state[0], a), e.multiply(next[0], e.oneMinus(a)));
    }
    return next;
  }
}
