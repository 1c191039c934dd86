package dev.elman.batches;

import dev.elman.tensor.Shape;
import java.util.List;

/** What is to be learned from each of some sequences. */
sealed interface Goals {
  /** Blank targets of a batch. */
  Values blank();

  /** Makes room for the targets of a batch. */
  void resize(Packing packing, Values targets);

  /** Fills in the targets of one sequence, the b-th of a batch. */
  void copy(int sequence, int b, Packing packing, Values targets);

  /**
   * One row a sequence.
   *
   * @param rows row s is the target of sequence s
   */
  record OfSequences(Values rows) implements Goals {
    /** Requires a row for each of some sequences. */
    static OfSequences of(String what, String cause, List<Values> sequences, Values rows) {
      Shape.require(what, new int[] {sequences.size()}, new int[] {rows.rows()}, cause);
      return new OfSequences(rows);
    }

    @Override
    public Values blank() {
      return Rows.blank(rows);
    }

    @Override
    public void resize(Packing packing, Values targets) {
      Rows.resize(targets, packing.sequences());
    }

    @Override
    public void copy(int sequence, int b, Packing packing, Values targets) {
      Rows.copy(rows, sequence, targets, b);
    }
  }

  /**
   * One row a token.
   *
   * @param sequences as many rows in each as its sequence has
   */
  record OfTokens(List<Values> sequences) implements Goals {
    /** Requires targets that match some sequences row by row. */
    static OfTokens of(List<Values> inputs, List<Values> targets) {
      Shape.require(
          "Targets",
          new int[] {inputs.size()},
          new int[] {targets.size()},
          "Each sequence needs its targets.");
      Rows.require("Targets", targets);
      for (int s = 0; s < inputs.size(); s++) {
        Shape.require(
            "Targets of sequence " + s,
            new int[] {inputs.get(s).rows()},
            new int[] {targets.get(s).rows()},
            "Each step needs one target.");
      }
      return new OfTokens(List.copyOf(targets));
    }

    @Override
    public Values blank() {
      return Rows.blank(sequences.get(0));
    }

    @Override
    public void resize(Packing packing, Values targets) {
      Rows.resize(targets, packing.tokens());
    }

    @Override
    public void copy(int sequence, int b, Packing packing, Values targets) {
      Values rows = sequences.get(sequence);
      for (int t = 0; t < rows.rows(); t++) {
        Rows.copy(rows, t, targets, packing.row(t, b));
      }
    }
  }
}
