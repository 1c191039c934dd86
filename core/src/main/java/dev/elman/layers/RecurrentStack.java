package dev.elman.layers;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a recurrent network of one or several layers, as PyTorch's {@code nn.LSTM} takes
 * them: {@link #DEFAULTS}, and by name what is to be another.
 *
 * <pre>{@code
 * RecurrentStack.DEFAULTS.withCell("gru").withHidden(128).withLayers(2)
 * }</pre>
 *
 * @param cell a name from {@link Cells}
 * @param hidden H, units of each layer and direction
 * @param layers how many, one upon the other
 * @param directions one or both
 * @param dropout the share dropped between layers
 * @param mask how often dropout draws
 * @param initialisation how weights begin
 * @param recompute after how many steps the state is kept in training while the rest is computed
 *     again ({@link Recomputed}), for long sequences; 0 to keep everything
 */
public record RecurrentStack(
    String cell,
    int hidden,
    int layers,
    Directions directions,
    double dropout,
    Dropout.Mask mask,
    Initialisation initialisation,
    int recompute) {

  /** An LSTM of 64 units in one layer and one direction, without dropout, begun as in PyTorch. */
  public static final RecurrentStack DEFAULTS =
      new RecurrentStack(
          "lstm", 64, 1, Directions.FORWARD, 0, Dropout.Mask.EACH_TOKEN, Initialisation.PYTORCH, 0);

  /** Checks the sizes and the share that is dropped. */
  public RecurrentStack {
    Shape.positive("hidden", hidden);
    Shape.positive("layers", layers);
    Dropout.requireShare(dropout);
    if (recompute < 0) {
      throw new IllegalArgumentException(
          "recompute: expected a number of steps, or 0 to keep everything, got " + recompute + ".");
    }
  }

  /** The same with another cell. */
  public RecurrentStack withCell(String other) {
    return new RecurrentStack(
        other, hidden, layers, directions, dropout, mask, initialisation, recompute);
  }

  /** The same with so many units. */
  public RecurrentStack withHidden(int other) {
    return new RecurrentStack(
        cell, other, layers, directions, dropout, mask, initialisation, recompute);
  }

  /** The same with so many layers. */
  public RecurrentStack withLayers(int other) {
    return new RecurrentStack(
        cell, hidden, other, directions, dropout, mask, initialisation, recompute);
  }

  /** The same, read from elsewhere. */
  public RecurrentStack withDirections(Directions other) {
    return new RecurrentStack(
        cell, hidden, layers, other, dropout, mask, initialisation, recompute);
  }

  /** The same, another share dropped. */
  public RecurrentStack withDropout(double other) {
    return new RecurrentStack(
        cell, hidden, layers, directions, other, mask, initialisation, recompute);
  }

  /** The same, dropout drawn as often. */
  public RecurrentStack withMask(Dropout.Mask other) {
    return new RecurrentStack(
        cell, hidden, layers, directions, dropout, other, initialisation, recompute);
  }

  /** The same, whose weights begin in another way. */
  public RecurrentStack withInitialisation(Initialisation other) {
    return new RecurrentStack(cell, hidden, layers, directions, dropout, mask, other, recompute);
  }

  /** The same, its state kept every so many steps. */
  public RecurrentStack withRecompute(int other) {
    return new RecurrentStack(
        cell, hidden, layers, directions, dropout, mask, initialisation, other);
  }

  /** From where sequences are read. */
  public enum Directions {
    /** From the first token to the last. */
    FORWARD,
    /** Both ways, outputs side by side. */
    BOTH
  }

  /** Outputs of the top layer. */
  public int outputs() {
    int each = Cells.named(cell).outputs(hidden);
    return directions == Directions.BOTH ? 2 * each : each;
  }

  /**
   * Makes the layers, their weights named as PyTorch names them.
   *
   * @param prefix the network's name in the model, with its dot
   * @param inputs D
   * @param seed of the initial weights and nothing else
   */
  public Stacked build(String prefix, int inputs, long seed) {
    List<Layer> stack = new ArrayList<>();
    Cell equations = Cells.named(cell);
    for (int l = 0; l < layers; l++) {
      int d = l == 0 ? inputs : outputs();
      if (l > 0 && dropout > 0) {
        stack.add(new Dropout(d, dropout, mask));
      }
      Layer ahead = direction(prefix, "_l" + l, equations, d, seed);
      stack.add(
          directions == Directions.FORWARD
              ? ahead
              : new Bidirectional(
                  ahead, direction(prefix, "_l" + l + "_reverse", equations, d, seed)));
    }
    Stacked built = new Stacked(stack);
    return recompute == 0 ? built : new Stacked(List.of(new Recomputed(built, recompute)));
  }

  private Layer direction(String prefix, String suffix, Cell equations, int inputs, long seed) {
    Recurrent.Name name = new Recurrent.Name(prefix, suffix);
    return new Recurrent(name, equations, inputs, hidden, initialisation, seed);
  }
}
