package dev.elman.cells;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A deep transition around any cell: a hidden layer between hidden and hidden.
 *
 * <pre>{@code
 * d = tanh(W_hd·h' + b_hd)
 * W_h·h'  becomes  W_h·d
 * }</pre>
 *
 * <p>Pascanu, Gulcehre, Cho and Bengio 2014 (DT-RNN); figure 10.13 b of Goodfellow, Bengio and
 * Courville 2016. What passes straight on, as an LSTM's c or what a GRU keeps, does not go through
 * the layer. Weights: those of the cell inside, where recurrent matrices have N columns, and {@code
 * weight_hd [N, outputs], bias_hd [N]}. State: that of the cell inside.
 */
public final class DeepTransition implements Wrapper {
  private final Cell inner;
  private final int units;
  private final RecurrentWeights deep;

  /**
   * A hidden layer before the recurrent weights of a cell.
   *
   * @param units N
   */
  public DeepTransition(Cell inner, int units) {
    this.inner = inner;
    this.units = Shape.positive("units of a deep transition (deep=N)", units);
    this.deep = RecurrentWeights.of(inner);
    Wrapper.requireOnce(DeepTransition.class, inner);
  }

  private DeepTransition(Cell inner, int units, RecurrentWeights deep) {
    this.inner = inner;
    this.units = units;
    this.deep = deep;
  }

  @Override
  public Cell inner() {
    return inner;
  }

  @Override
  public String modifier() {
    return "deep=" + units;
  }

  @Override
  public DeepTransition around(Cell other) {
    return new DeepTransition(other, units, deep);
  }

  @Override
  public List<WeightShape> weights(int inputs, int hidden) {
    List<WeightShape> all = new ArrayList<>();
    for (WeightShape shape : inner.weights(inputs, hidden)) {
      boolean readsLayer = shape.kind() == Kind.RECURRENT;
      all.add(
          readsLayer ? new WeightShape(shape.name(), Kind.INPUT, shape.shape()[0], units) : shape);
    }
    all.add(new WeightShape("weight_hd", Kind.RECURRENT, units, outputs(hidden)));
    all.add(new WeightShape("bias_hd", Kind.BIAS, units));
    return all;
  }

  @Override
  public float firstBias(String bias, int gate) {
    return bias.equals("bias_hd") ? 0 : inner.firstBias(bias, gate);
  }

  @Override
  public Node[] step(Tape tape, Map<String, Node> w, Node x, Node[] state) {
    Equations e = new Equations(tape);
    Node matrix = w.get("weight_hd");
    Map<String, Node> reading =
        deep.reading(
            tape, w, h -> e.tanh(e.add(e.product(h, matrix), w.get("bias_hd"))).named("d"));
    return inner.step(tape, reading, x, state);
  }
}
