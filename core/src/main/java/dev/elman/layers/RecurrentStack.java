package dev.elman.layers;

import dev.elman.cells.Cells;
import dev.elman.tensor.Shape;

/**
 * The settings of a recurrent network of one or several layers, as PyTorch's {@code nn.LSTM} takes
 * them: {@link #DEFAULTS}, and by name what is to be another.
 *
 * <pre>{@code
 * RecurrentStack.DEFAULTS.withCell("gru").withHidden(128).withLayers(2)
 * }</pre>
 *
 * @param cell a name from {@link Cells}, or {@link Window#NAME} for a feed-forward network over a
 *     sliding window
 * @param hidden H, units of each layer and direction
 * @param layers how many, one upon the other
 * @param wiring from where sequences are read, what stands between layers and what passes by them
 * @param tau steps that a window holds, where the cell is {@code window}
 * @param firstState what sequences begin with
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
    Wiring wiring,
    int tau,
    FirstState firstState,
    double dropout,
    Dropout.Mask mask,
    Initialisation initialisation,
    int recompute) {

  /** An LSTM of 64 units in one layer and one direction, without dropout, begun as in PyTorch. */
  public static final RecurrentStack DEFAULTS =
      new RecurrentStack(
          "lstm",
          64,
          1,
          Wiring.DEFAULTS,
          3,
          FirstState.ZERO,
          0,
          Dropout.Mask.EACH_TOKEN,
          Initialisation.PYTORCH,
          0);

  /** Checks the sizes and the share that is dropped. */
  public RecurrentStack {
    Shape.positive("hidden", hidden);
    Shape.positive("layers", layers);
    Shape.positive("tau", tau);
    Dropout.requireShare(dropout);
    if (recompute < 0) {
      throw new IllegalArgumentException(
          "recompute: expected a number of steps, or 0 to keep everything, got " + recompute + ".");
    }
  }

  /** From where sequences are read. */
  public Directions directions() {
    return wiring.directions();
  }

  /**
   * What tells networks of equal weights apart: the cell, and whether layers add to their inputs.
   */
  public String variant() {
    return wiring.connections() == Wiring.Connections.RESIDUAL ? cell + " residual" : cell;
  }

  /** The same with another cell. */
  public RecurrentStack withCell(String other) {
    return new RecurrentStack(
        other, hidden, layers, wiring, tau, firstState, dropout, mask, initialisation, recompute);
  }

  /** The same with so many units. */
  public RecurrentStack withHidden(int other) {
    return new RecurrentStack(
        cell, other, layers, wiring, tau, firstState, dropout, mask, initialisation, recompute);
  }

  /** The same with so many layers. */
  public RecurrentStack withLayers(int other) {
    return new RecurrentStack(
        cell, hidden, other, wiring, tau, firstState, dropout, mask, initialisation, recompute);
  }

  /** The same, read from elsewhere. */
  public RecurrentStack withDirections(Directions other) {
    return withWiring(wiring.withDirections(other));
  }

  /** The same, wired in another way. */
  public RecurrentStack withWiring(Wiring other) {
    return new RecurrentStack(
        cell, hidden, layers, other, tau, firstState, dropout, mask, initialisation, recompute);
  }

  /** The same, whose windows are so long. */
  public RecurrentStack withTau(int other) {
    return new RecurrentStack(
        cell, hidden, layers, wiring, other, firstState, dropout, mask, initialisation, recompute);
  }

  /** The same, whose sequences begin in another way. */
  public RecurrentStack withFirstState(FirstState other) {
    return new RecurrentStack(
        cell, hidden, layers, wiring, tau, other, dropout, mask, initialisation, recompute);
  }

  /** The same, another share dropped. */
  public RecurrentStack withDropout(double other) {
    return new RecurrentStack(
        cell, hidden, layers, wiring, tau, firstState, other, mask, initialisation, recompute);
  }

  /** The same, dropout drawn as often. */
  public RecurrentStack withMask(Dropout.Mask other) {
    return new RecurrentStack(
        cell, hidden, layers, wiring, tau, firstState, dropout, other, initialisation, recompute);
  }

  /** The same, whose weights begin in another way. */
  public RecurrentStack withInitialisation(Initialisation other) {
    return new RecurrentStack(
        cell, hidden, layers, wiring, tau, firstState, dropout, mask, other, recompute);
  }

  /** The same, its state kept every so many steps. */
  public RecurrentStack withRecompute(int other) {
    return new RecurrentStack(
        cell, hidden, layers, wiring, tau, firstState, dropout, mask, initialisation, other);
  }

  /** From where sequences are read. */
  public enum Directions {
    /** From the first token to the last. */
    FORWARD,
    /** Both ways; {@link Wiring#merge} says what becomes of the two. */
    BOTH
  }

  /** What sequences begin with. */
  public enum FirstState {
    /** Zeros. */
    ZERO,
    /** Numbers that training changes: {@link LearnedStart}. */
    LEARNED
  }

  /**
   * Makes the layers, their weights named as PyTorch names them.
   *
   * @param prefix the network's name in the model, with its dot
   * @param inputs D
   * @param seed of the initial weights and nothing else
   * @throws IllegalArgumentException when settings do not fit each other or the inputs
   */
  public Stacked build(String prefix, int inputs, long seed) {
    return new LayerStack(this, prefix, seed).build(inputs);
  }
}
