package dev.elman.layers;

import dev.elman.cells.Cell;
import dev.elman.cells.Role;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;

/**
 * As {@link Initialisation#chrono}.
 *
 * @param longest T
 */
record Chrono(int longest) implements Initialisation {
  /** Checks T. */
  Chrono {
    if (longest < 3) {
      throw new IllegalArgumentException(
          "chrono: expected at least 3 steps to be remembered over, got "
              + longest
              + ". Take as many as lie between what is read and where it is needed.");
    }
  }

  @Override
  public String name() {
    return "CHRONO=" + longest;
  }

  @Override
  public void fill(Place place, Weight weight) {
    requireGate(place);
    if (place.shape().kind() != Cell.Kind.BIAS) {
      ORTHOGONAL.fill(place, weight);
      return;
    }
    String name = place.shape().name();
    String layer = weight.name().replace(name, ""); // forget and input gate share their scales
    RandomStream random = RandomStream.of(place.seed(), "time scales " + layer);
    int hidden = place.hidden();
    float[] scales = new float[hidden];
    for (int j = 0; j < hidden; j++) {
      scales[j] = (float) StrictMath.log(random.uniform(1, longest - 1));
    }
    weight.update(
        values -> {
          for (int i = 0; i < values.length; i++) {
            Role role = place.cell().role(name, i / hidden);
            float scale = scales[i % hidden];
            values[i] = role == Role.KEEPS ? scale : role == Role.ADMITS ? -scale : 0;
          }
        });
  }

  @Override
  public void dense(Weight weight, Weight bias, long seed) {
    ORTHOGONAL.dense(weight, bias, seed);
  }

  private static void requireGate(Place place) {
    for (Cell.WeightShape shape : place.cell().weights(1, place.hidden())) {
      for (int gate = 0; gate < shape.shape()[0] / place.hidden(); gate++) {
        Role role = place.cell().role(shape.name(), gate);
        if (shape.kind() == Cell.Kind.BIAS && (role == Role.KEEPS || role == Role.ADMITS)) {
          return;
        }
      }
    }
    throw new IllegalArgumentException(
        "Expected a cell with a gate that keeps its state, such as lstm or gru, for the"
            + " initialisation chrono, found '"
            + place.cell().name()
            + "'.\nLikely cause: the cell has none, or does not name it (Cell.role)."
            + "\nCure: use --cell lstm, or --init orthogonal.");
  }
}
