package dev.elman.layers;

import dev.elman.cells.Cell;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;

/** How weights begin, before training changes them. */
public enum Initialisation {
  /** PyTorch's default: everything uniform in ±1/√H; dense layers in ±1/√D. */
  PYTORCH {
    @Override
    void fill(Cell cell, Cell.WeightShape shape, int hidden, Weight weight, RandomStream random) {
      uniform(weight, 1 / Math.sqrt(hidden), random);
    }

    @Override
    void dense(Weight weight, Weight bias, long seed) {
      double bound = 1 / Math.sqrt(weight.columns());
      uniform(weight, bound, RandomStream.of(seed, "weights " + weight.name()));
      uniform(bias, bound, RandomStream.of(seed, "weights " + bias.name()));
    }
  },

  /**
   * Orthogonal recurrent weights (Saxe et al. 2014), Glorot's uniform input weights (Glorot and
   * Bengio 2010), each gate by itself; biases 0, and 1 for the LSTM's forget gate.
   */
  ORTHOGONAL {
    @Override
    void fill(Cell cell, Cell.WeightShape shape, int hidden, Weight weight, RandomStream random) {
      int d = weight.columns();
      switch (shape.kind()) {
        case INPUT -> uniform(weight, Math.sqrt(6.0 / (d + hidden)), random);
        case RECURRENT -> Orthogonal.fill(weight, hidden, random);
        case BIAS -> firstBiases(cell, shape.name(), hidden, weight);
      }
    }

    @Override
    void dense(Weight weight, Weight bias, long seed) {
      double bound = Math.sqrt(6.0 / (weight.columns() + weight.rows()));
      uniform(weight, bound, RandomStream.of(seed, "weights " + weight.name()));
    }
  };

  /** Fills a weight of a cell. */
  abstract void fill(
      Cell cell, Cell.WeightShape shape, int hidden, Weight weight, RandomStream random);

  /** Fills the weights of a dense layer. */
  abstract void dense(Weight weight, Weight bias, long seed);

  private static void uniform(Weight weight, double bound, RandomStream random) {
    weight.update(
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = random.uniform((float) -bound, (float) bound);
          }
        });
  }

  private static void firstBiases(Cell cell, String name, int hidden, Weight weight) {
    weight.update(
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = cell.firstBias(name, i / hidden);
          }
        });
  }
}
