package dev.elman.tasks;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Split;
import dev.elman.data.DataException;
import dev.elman.encoding.Labels;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.kernels.Threads;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.tensor.RandomStream;
import dev.elman.training.Evaluation;
import java.util.Arrays;

/**
 * Classifying texts or sequences of numbers: what is asked for, and how they become batches.
 *
 * @param unit what the symbols of texts are
 * @param embedding columns of the embedding of symbols
 * @param pooling how a sequence's rows become one
 * @param labelSmoothing ε of the loss in training
 * @param shares of the sequences that validate and test
 * @param batch B
 * @param recurrent the network
 */
public record ClassifyTask(
    Unit unit,
    int embedding,
    Pooling pooling,
    double labelSmoothing,
    Split.Shares shares,
    int batch,
    RecurrentStack recurrent) {
  /** A fifth of the sequences tests, a tenth validates. */
  public static final Split.Shares SHARES = new Split.Shares(0.1, 0.2);

  private static final int MOST_WORDS = 20_000;

  /**
   * Splits the sequences, class by class; fits the encoding on those to be learned from and makes
   * an untrained model.
   *
   * @throws DataException when there is one class only, or too few sequences
   */
  public Prepared<TrainedClassifier> prepare(Labelled data, long seed) {
    Labels labels = Labels.of(data.source(), data.labels());
    Split split = split(data, labels, seed);
    if (split.training().length == 0 || split.validation().length == 0) {
      String noun = data.sequences().noun();
      throw new DataException(
          "enough " + noun + " of each class for training, validation and test",
          data.labels().size() + " of " + labels.size() + " classes in " + data.source(),
          "the data is a sample, or nearly each of the " + noun + " has a class of its own",
          "use more of them; is '" + data.labelColumn() + "' the column with the classes?");
    }
    Labelled training = data.part(split.training());
    SequenceEncoding encoding = encoding(training.sequences());
    Classifier.Settings settings =
        new Classifier.Settings(
            encoding.symbols(),
            encoding instanceof SequenceEncoding.Scaled scaled ? scaled.inputs() : embedding,
            labels.size(),
            pooling,
            labelSmoothing,
            recurrent);
    TrainedClassifier trained =
        new TrainedClassifier(new Classifier(settings, seed), encoding, labels, data.labelColumn());
    return new Prepared<>(
        trained,
        source(trained, training, batch),
        source(trained, data.part(split.validation()), batch));
  }

  private SequenceEncoding encoding(Sequences training) {
    if (training instanceof Recordings recordings) {
      return SequenceEncoding.Scaled.fit(recordings);
    }
    Texts texts = (Texts) training;
    Vocabulary vocabulary =
        unit == Unit.WORD
            ? Vocabulary.frequent(unit, String.join("\n", texts.texts()), MOST_WORDS, 2)
            : Vocabulary.open(unit, texts.texts());
    return new SequenceEncoding.Symbols(vocabulary, texts.column());
  }

  /** The same split for the same seed. */
  public Split split(Labelled data, Labels labels, long seed) {
    int[] codes = labels.encode(data.source(), data.labels());
    return Split.byLabel(data.sequences().keys(), codes, shares, RandomStream.of(seed, "split"));
  }

  /** Encoded sequences in batches; in their order as long as nobody shuffles. */
  private static SequenceSource source(TrainedClassifier trained, Labelled data, int batch) {
    return new SequenceSource(
        trained.encoding().encode(data.sequences()),
        trained.labels().encode(data.source(), data.labels()),
        batch);
  }

  /**
   * What a classifier says of some sequences, in their order.
   *
   * @return for each the logits {@code [V]}
   */
  public static float[][] predict(TrainedClassifier trained, Sequences data, Threads threads) {
    float[][] logits = new float[data.size()][];
    int[] unknown = new int[data.size()]; // predictions do not look at labels
    SequenceSource source = new SequenceSource(trained.encoding().encode(data), unknown, 64);
    int[] place = {0};
    Evaluation.run(
        trained.model(),
        source,
        threads,
        (batch, predictions) -> {
          int v = predictions.columns();
          for (int b = 0; b < predictions.rows(); b++) {
            logits[source.at(place[0]++)] =
                Arrays.copyOfRange(predictions.value(), b * v, (b + 1) * v);
          }
        });
    return logits;
  }
}
