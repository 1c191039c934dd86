package dev.elman.cells;

import dev.elman.kernels.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * A cell with weights {@code weight_ih [G·H, D], weight_hh [G·H, H], bias_ih [G·H], bias_hh [G·H]}
 * whose gates are also written element by element, for the fused sequence kernel.
 *
 * <p>The layer owns the products, the cell owns the gates: for some tokens of one step the layer
 * provides {@code W_ih·x + b_ih} and {@code W_hh·h + b_hh}, summed or apart, and the cell turns
 * them into the next states, in place.
 */
public interface FusedCell extends Cell {
  /** G, the number of gates. */
  int gates();

  /** How many tensors {@code [B, H]} the state has; the first is the output. */
  int states();

  /** How many numbers for each unit the forward step leaves for the backward step. */
  int memory();

  /**
   * Whether the cell needs the two products apart, because blame on them differs (GRU: the reset
   * gate scales the recurrent one). Else {@link Token#gates} holds their sum.
   */
  boolean splitsProducts();

  /**
   * {@link Token#rows} tokens: reads gates, recurrent (where apart) and previous; leaves
   * activations in gates, and writes next and memory. Of the states after the first, next may be
   * previous itself.
   */
  void forward(Kernels kernels, Token token);

  /**
   * The same tokens backwards: reads activations and the blame on the next state; replaces gates by
   * the blame on their product, recurrent (where apart) by the blame on its product, and blame by
   * the part that goes straight to the previous state.
   */
  void backward(Kernels kernels, Token token);

  @Override
  default int[] widths(int hidden) {
    int[] widths = new int[states()];
    Arrays.fill(widths, hidden);
    return widths;
  }

  @Override
  default List<WeightShape> weights(int inputs, int hidden) {
    int rows = gates() * hidden;
    return List.of(
        new WeightShape("weight_ih", Kind.INPUT, rows, inputs),
        new WeightShape("weight_hh", Kind.RECURRENT, rows, hidden),
        new WeightShape("bias_ih", Kind.BIAS, rows),
        new WeightShape("bias_hh", Kind.BIAS, rows));
  }
}
