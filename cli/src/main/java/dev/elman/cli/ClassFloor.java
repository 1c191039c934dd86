package dev.elman.cli;

import dev.elman.baselines.CharacterNgramClassifier;
import dev.elman.baselines.NearestNeighbour;
import dev.elman.batches.Values;
import dev.elman.tasks.Labelled;
import dev.elman.tasks.Sequences;
import dev.elman.tasks.Texts;
import dev.elman.tasks.TrainedClassifier;
import java.util.List;

/**
 * A classifier without a network, which a model must beat: naive Bayes over character n-grams for
 * texts, the nearest neighbour for sequences of numbers.
 *
 * @param name what it is called
 * @param said the class that it says each test sequence to be
 */
record ClassFloor(String name, int[] said) {
  static ClassFloor of(TrainedClassifier trained, Labelled training, Sequences test) {
    int[] labels = trained.labels().encode(training.source(), training.labels());
    if (test instanceof Texts texts) {
      CharacterNgramClassifier ngrams =
          CharacterNgramClassifier.trainText(
              ((Texts) training.sequences()).texts(),
              labels,
              CharacterNgramClassifier.DEFAULT_ORDER);
      return new ClassFloor(
          "character n-grams", texts.texts().stream().mapToInt(ngrams::classify).toArray());
    }
    NearestNeighbour nearest = NearestNeighbour.of(scaled(trained, training.sequences()), labels);
    return new ClassFloor(
        "nearest neighbour", scaled(trained, test).stream().mapToInt(nearest::classify).toArray());
  }

  private static List<Values.Numbers> scaled(TrainedClassifier trained, Sequences sequences) {
    return trained.encoding().encode(sequences).stream().map(Values.Numbers.class::cast).toList();
  }

  /** Its name in one word, for a narrow column. */
  String word() {
    return name.substring(name.lastIndexOf(' ') + 1);
  }

  /** Its name as a key of a report. */
  String key() {
    return name.replace(' ', '_').replace("-", "");
  }
}
