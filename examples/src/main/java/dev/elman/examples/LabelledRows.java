package dev.elman.examples;

import dev.elman.baselines.MostFrequentClass;
import dev.elman.baselines.NearestNeighbour;
import dev.elman.batches.SequenceSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.metrics.Confusion;
import dev.elman.models.Classifier;
import dev.elman.tensor.RandomStream;
import dev.elman.training.Evaluation;
import java.util.List;

/**
 * Sequences of rows of numbers, each with its class.
 *
 * @param classes how many there are
 */
record LabelledRows(List<Values.Numbers> sequences, int[] labels, int classes) {
  /** The same sequences as a source, in batches of similar lengths. */
  SequenceSource source(int batch) {
    return new SequenceSource(List.copyOf(sequences), labels, batch);
  }

  /** The same in a new order, as the files hold one class after the other. */
  SequenceSource shuffled(int batch, RandomStream random) {
    SequenceSource source = source(batch);
    source.shuffle(random);
    return source;
  }

  /** Columns of a row. */
  int columns() {
    return sequences.get(0).columns();
  }

  /** The share that a model labels rightly. */
  double accuracy(Classifier model, Threads threads) {
    Confusion confusion = new Confusion(classes);
    Evaluation.run(
        model,
        source(50),
        threads,
        (batch, logits) -> {
          int[] truth = ((Values.Codes) batch.targets()).array();
          for (int b = 0; b < logits.rows(); b++) {
            confusion.add(truth[b], largest(logits.value(), b * classes));
          }
        });
    return confusion.accuracy();
  }

  private int largest(float[] logits, int from) {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      best = logits[from + label] > logits[from + best] ? label : best;
    }
    return best;
  }

  /** The share that is labelled rightly by the most frequent class of the training data. */
  double byMostFrequent(LabelledRows training) {
    return MostFrequentClass.of(training.labels, classes).accuracy(labels);
  }

  /** The share that is labelled rightly as the most similar training sequence is. */
  double byNearest(LabelledRows training) {
    NearestNeighbour nearest = NearestNeighbour.of(training.sequences, training.labels);
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += nearest.classify(sequences.get(i)) == labels[i] ? 1 : 0;
    }
    return right / (double) labels.length;
  }
}
