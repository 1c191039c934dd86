package dev.elman.layers;

import dev.elman.cells.Cell;
import dev.elman.data.Nearest;
import dev.elman.tensor.Weight;
import java.util.List;
import java.util.Locale;

/** How weights begin, before training changes them. */
public sealed interface Initialisation permits FirstWeights, Chrono {
  /** PyTorch's default: everything uniform in ±1/√H; dense layers in ±1/√D. */
  Initialisation PYTORCH = FirstWeights.PYTORCH;

  /**
   * Orthogonal recurrent weights (Saxe et al. 2014), Glorot's uniform input weights (Glorot and
   * Bengio 2010), each gate by itself; biases 0, and 1 for the LSTM's forget gate.
   */
  Initialisation ORTHOGONAL = FirstWeights.ORTHOGONAL;

  /**
   * The state begins as a plain sum of what was read (IRNN, Le, Jaitly and Hinton 2015, for {@code
   * rnn-relu}): the recurrent weights of the candidate are the identity, all others normal with a
   * deviation of 0.001, biases 0. For cells whose candidate has a square matrix.
   */
  Initialisation IDENTITY = FirstWeights.IDENTITY;

  /**
   * Memories of all lengths up to T steps (Tallec and Ollivier 2018), for cells with a gate that
   * keeps or admits; the rest as {@link #ORTHOGONAL}.
   *
   * <pre>{@code
   * b_f = log u,  b_i = -log u,  u uniform in 1 to T - 1, for each unit
   * }</pre>
   *
   * @param longest T, of at least 3
   */
  static Initialisation chrono(int longest) {
    return new Chrono(longest);
  }

  /** What is to be filled: a weight of a cell of H units, from a seed. */
  record Place(Cell cell, Cell.WeightShape shape, int hidden, long seed) {}

  /**
   * Fills a weight of a cell.
   *
   * @throws IllegalArgumentException when the cell has no gate or matrix that this needs
   */
  void fill(Place place, Weight weight);

  /** Fills the weights of a dense layer. */
  void dense(Weight weight, Weight bias, long seed);

  /** The name in files, which {@link #named} reads: {@code PYTORCH}, {@code CHRONO=100}. */
  String name();

  /**
   * The initialisation of that name, in capitals or not.
   *
   * @throws IllegalArgumentException when there is none, with those there are
   */
  static Initialisation named(String name) {
    String[] parts = name.toLowerCase(Locale.ROOT).split("=", 2);
    if (parts[0].equals("chrono")) {
      return chrono(steps(name, parts.length == 2 ? parts[1] : ""));
    }
    for (Initialisation one : List.of(PYTORCH, ORTHOGONAL, IDENTITY)) {
      if (one.name().equalsIgnoreCase(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "Expected one of pytorch, orthogonal, identity, chrono=T as initialisation (--init), found"
            + " '"
            + name
            + "'.\nLikely cause: a misspelt name.\nCure: "
            + Nearest.suggestion(parts[0], List.of("pytorch", "orthogonal", "identity", "chrono")));
  }

  private static int steps(String name, String typed) {
    int steps = 0;
    try {
      steps = Integer.parseInt(typed);
    } catch (NumberFormatException e) {
      steps = 0; // is refused below
    }
    if (steps < 3) {
      throw new IllegalArgumentException(
          "Expected chrono=T, T a whole number of at least 3 steps, found '"
              + name
              + "'.\nLikely cause: the number of steps over which something is to be remembered was"
              + " left out.\nCure: try --init chrono=100.");
    }
    return steps;
  }
}
