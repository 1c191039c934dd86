package dev.elman.layers;

import dev.elman.cells.Cell;
import dev.elman.cells.Role;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;

/** The initialisations that need no number; {@link Initialisation} says what they are. */
enum FirstWeights implements Initialisation {
  /** As {@link Initialisation#PYTORCH}. */
  PYTORCH {
    @Override
    public void fill(Place place, Weight weight) {
      uniform(weight, 1 / Math.sqrt(place.hidden()), place.seed());
    }

    @Override
    public void dense(Weight weight, Weight bias, long seed) {
      double bound = 1 / Math.sqrt(weight.columns());
      uniform(weight, bound, seed);
      uniform(bias, bound, seed);
    }
  },

  /** As {@link Initialisation#ORTHOGONAL}. */
  ORTHOGONAL {
    @Override
    public void fill(Place place, Weight weight) {
      int hidden = place.hidden();
      switch (place.shape().kind()) {
        case INPUT -> uniform(weight, Math.sqrt(6.0 / (weight.columns() + hidden)), place.seed());
        case RECURRENT -> Orthogonal.fill(weight, hidden, random(weight, place.seed()));
        default ->
            weight.update(
                values -> {
                  for (int i = 0; i < values.length; i++) {
                    values[i] = place.cell().firstBias(place.shape().name(), i / hidden);
                  }
                });
      }
    }

    @Override
    public void dense(Weight weight, Weight bias, long seed) {
      uniform(weight, Math.sqrt(6.0 / (weight.columns() + weight.rows())), seed);
    }
  },

  /** As {@link Initialisation#IDENTITY}. */
  IDENTITY {
    @Override
    public void fill(Place place, Weight weight) {
      requireCandidate(place);
      if (place.shape().kind() == Cell.Kind.INPUT || place.shape().kind() == Cell.Kind.RECURRENT) {
        normal(weight, place.seed());
      }
      int hidden = place.hidden();
      for (int gate = 0; gate < weight.rows() / hidden; gate++) {
        if (isCandidate(place, place.shape(), gate)) {
          identity(weight, gate * hidden);
        }
      }
    }

    @Override
    public void dense(Weight weight, Weight bias, long seed) {
      normal(weight, seed);
    }
  };

  private static final double SMALL = 0.001;

  static RandomStream random(Weight weight, long seed) {
    return RandomStream.of(seed, "weights " + weight.name());
  }

  private static void uniform(Weight weight, double bound, long seed) {
    RandomStream random = random(weight, seed);
    weight.update(
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = random.uniform((float) -bound, (float) bound);
          }
        });
  }

  private static void normal(Weight weight, long seed) {
    RandomStream random = random(weight, seed);
    weight.update(
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (SMALL * random.nextGaussian());
          }
        });
  }

  private static void identity(Weight weight, int row) {
    int columns = weight.columns();
    weight.update(
        values -> {
          for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
              values[(row + i) * columns + j] = i == j ? 1 : 0;
            }
          }
        });
  }

  private static boolean isCandidate(Place place, Cell.WeightShape shape, int gate) {
    return shape.kind() == Cell.Kind.RECURRENT
        && shape.shape()[1] == place.hidden()
        && place.cell().role(shape.name(), gate) == Role.CANDIDATE;
  }

  private static void requireCandidate(Place place) {
    for (Cell.WeightShape shape : place.cell().weights(1, place.hidden())) {
      for (int gate = 0; gate < shape.shape()[0] / place.hidden(); gate++) {
        if (isCandidate(place, shape, gate)) {
          return;
        }
      }
    }
    throw new IllegalArgumentException(
        "Expected a cell whose new state is computed by a square matrix of its own, such as"
            + " rnn-relu, for the initialisation identity, found '"
            + place.cell().name()
            + "'.\nLikely cause: its state is projected or goes through a layer, or the cell does"
            + " not name its candidate (Cell.role).\nCure: use --init orthogonal.");
  }
}
