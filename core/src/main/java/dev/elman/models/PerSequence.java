package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.losses.Distribution;
import dev.elman.losses.Loss;

/**
 * The negative log-likelihood, whose mean is over sequences where their ends are predicted.
 *
 * <p>Were it over steps, those of short sequences would count more wherever they stand in a batch
 * of short ones, and the model would learn too many of them.
 */
record PerSequence(SequenceModel.Settings settings) implements Loss {
  @Override
  public Node sum(Tape tape, Node predictions, Values targets) {
    return settings.predicted().sum(tape, predictions, targets);
  }

  @Override
  public int terms(Node predictions, Values targets) {
    Distribution predicted = settings.predicted();
    if (settings.ending() instanceof Ending.Given) {
      return targets.rows();
    }
    int sequences = 0;
    int last = predicted.columns() - 1;
    for (int i = 0; i < targets.rows(); i++) {
      boolean said =
          targets instanceof Values.Codes codes
              ? codes.array()[i] == settings.rows().parameters() // the end symbol
              : ((Values.Numbers) targets).array()[i * (last + 1) + last] > 0; // stop, length
      sequences += said ? 1 : 0;
    }
    return sequences;
  }

  @Override
  public String toString() {
    return settings.predicted().toString();
  }
}
