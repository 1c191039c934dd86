package dev.elman.models;

import dev.elman.tensor.Int8Rows;
import dev.elman.tensor.Weight;

/** Rounding a model's weights, for use where the memory sets the pace: one stream, step by step. */
public final class Quantization {
  private static final String EMBEDDING = "embedding."; // in names of weights

  private Quantization() {}

  /**
   * Rounds the matrices of products to int8, for good; the model can no longer be trained.
   *
   * <p>Biases stay exact, being few and added once. So do embeddings, tied ones too: a step reads
   * one row of them, which is no gain, and would begin with a rounded input.
   *
   * @throws IllegalArgumentException when a weight is infinite or not a number
   * @throws IllegalStateException when the model was rounded before
   */
  public static void int8(Model model) {
    model.weights().forEach(Weight::requireExact);
    for (Weight weight : model.weights()) {
      if (weight.shape().length == 2 && !weight.name().contains(EMBEDDING)) {
        weight.set(Int8Rows.round(weight.rows(), weight.columns(), weight.values()));
      }
    }
  }

  /** Whether weights of a model were rounded. */
  public static boolean isInt8(Model model) {
    return model.weights().list().stream().anyMatch(weight -> weight.int8() != null);
  }
}
