package dev.elman.cells;

import dev.elman.tensor.RandomStream;
import java.util.List;

/**
 * A cell around another: what it does not say itself is the other's.
 *
 * <p>Its name is the other's with a modifier more, {@code gru+zoneout=0.1}, which {@link
 * Cells#named} reads again.
 */
public interface Wrapper extends Cell {
  /** The cell inside. */
  Cell inner();

  /** What it adds to the name, after the {@code +}: {@code zoneout=0.1}. */
  String modifier();

  /** The same around another cell. */
  Wrapper around(Cell other);

  @Override
  default String name() {
    return inner().name() + "+" + modifier();
  }

  @Override
  default List<WeightShape> weights(int inputs, int hidden) {
    return inner().weights(inputs, hidden);
  }

  @Override
  default int[] widths(int hidden) {
    return inner().widths(hidden);
  }

  @Override
  default String stateLetters() {
    return inner().stateLetters();
  }

  @Override
  default float firstBias(String bias, int gate) {
    return inner().firstBias(bias, gate);
  }

  @Override
  default Role role(String weight, int gate) {
    return inner().role(weight, gate);
  }

  @Override
  default float first(String weight, RandomStream random) {
    return inner().first(weight, random);
  }

  @Override
  default boolean hasCandidate() {
    return inner().hasCandidate();
  }

  @Override
  default boolean draws() {
    return inner().draws();
  }

  @Override
  default Cell at(Draw draw) {
    return draws() ? around(inner().at(draw)) : this;
  }

  /**
   * Requires that a cell is not wrapped in this way yet: its weights would have two of one name,
   * its masks would be the same.
   */
  static void requireOnce(Class<? extends Wrapper> type, Cell inner) {
    if (isWrapped(inner, type)) {
      throw new IllegalArgumentException(
          "Expected a cell that is not wrapped in a "
              + type.getSimpleName()
              + " yet, got "
              + inner.name()
              + ". Take one of the two away.");
    }
  }

  /** Whether a cell, or one inside it, is of a type. */
  static boolean isWrapped(Cell cell, Class<? extends Wrapper> type) {
    return type.isInstance(cell) || cell instanceof Wrapper w && isWrapped(w.inner(), type);
  }
}
