package dev.elman.batches;

/**
 * Sequences packed together, and what is to be learned from them.
 *
 * @param packing where each token stands
 * @param inputs one row for each of N tokens
 * @param targets one row a token, or one a sequence, as the model says
 */
public record Batch(Packing packing, Values inputs, Values targets) {
  /**
   * Copies the packing and the inputs of some steps into another batch of the same kind.
   *
   * @param from the first step
   * @param to the step behind the last
   */
  public void copyInputs(int from, int to, Batch into) {
    into.packing().setPart(packing, from, to);
    int first = packing.start(from);
    int rows = packing.start(to) - first;
    Rows.resize(into.inputs(), rows);
    for (int row = 0; row < rows; row++) {
      Rows.copy(inputs, first + row, into.inputs(), row);
    }
  }
}
