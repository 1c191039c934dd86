package dev.elman.tasks;

import dev.elman.batches.Values;
import dev.elman.losses.Bernoulli;
import dev.elman.losses.Categorical;
import dev.elman.losses.Distribution;
import dev.elman.models.SequenceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A model of sequences, and what its symbols or columns are called.
 *
 * @param model the network
 * @param names of the V symbols, or of the K columns
 */
public record TrainedSequenceModel(SequenceModel model, List<String> names) implements Trained {
  /** Requires a name for each. */
  public TrainedSequenceModel {
    names = List.copyOf(names);
    int expected = names(model.settings().rows());
    if (names.size() != expected) {
      throw new IllegalArgumentException(
          "Names: expected "
              + expected
              + ", one for each symbol or column of "
              + model.settings().rows()
              + ", got "
              + names.size()
              + ".");
    }
  }

  /** How many names there are: V of symbols, K of rows of numbers. */
  public static int names(Distribution rows) {
    return rows instanceof Categorical symbols ? symbols.symbols() : rows.columns();
  }

  /**
   * A sequence in words, a text for each row: the symbol, the columns that are 1, or the numbers.
   */
  public List<String> inWords(Values sequence) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < sequence.rows(); i++) {
      words.add(
          sequence instanceof Values.Codes codes
              ? names.get(codes.array()[i])
              : inWords((Values.Numbers) sequence, i));
    }
    return words;
  }

  private String inWords(Values.Numbers numbers, int row) {
    List<String> parts = new ArrayList<>();
    boolean which = model.settings().rows() instanceof Bernoulli;
    for (int k = 0; k < names.size(); k++) {
      float number = numbers.array()[row * names.size() + k];
      if (!which) {
        parts.add(String.format(Locale.ROOT, "%.4g", number));
      } else if (number == 1) {
        parts.add(names.get(k));
      }
    }
    return String.join(which ? " " : ",", parts);
  }
}
