package dev.elman.tasks;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Split;
import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.encoding.Labels;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.tensor.RandomStream;
import dev.elman.training.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Classifying texts: what is asked for, and how labelled texts become batches.
 *
 * @param unit what the symbols are
 * @param embedding columns of the embedding
 * @param pooling how a sequence's rows become one
 * @param labelSmoothing ε of the loss in training
 * @param shares of the texts that validate and test
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
  /** A fifth of the texts tests, a tenth validates. */
  public static final Split.Shares SHARES = new Split.Shares(0.1, 0.2);

  private static final int MOST_WORDS = 20_000;

  /**
   * Splits the texts, class by class; encodes them and makes an untrained model.
   *
   * @throws DataException when there is one class only, or too few texts
   */
  public Prepared<TrainedClassifier> prepare(LabelledTexts data, long seed) {
    Labels labels = Labels.of(data.source(), data.labels());
    Split split = split(data, labels, seed);
    if (split.training().length == 0 || split.validation().length == 0) {
      throw new DataException(
          "enough texts of each class for training, validation and test",
          data.texts().size() + " texts of " + labels.size() + " classes in " + data.source(),
          "the file is a sample, or nearly every text has a class of its own",
          "use more texts; is '" + data.labelColumn() + "' the column with the classes?");
    }
    LabelledTexts training = data.part(split.training());
    String all = String.join("\n", training.texts());
    Vocabulary vocabulary =
        unit == Unit.WORD
            ? Vocabulary.frequent(unit, all, MOST_WORDS, 2)
            : Vocabulary.open(unit, training.texts());
    Classifier.Settings settings =
        new Classifier.Settings(
            vocabulary.size(), embedding, labels.size(), pooling, labelSmoothing, recurrent);
    TrainedClassifier trained =
        new TrainedClassifier(
            new Classifier(settings, seed),
            vocabulary,
            labels,
            data.textColumn(),
            data.labelColumn());
    return new Prepared<>(
        trained,
        source(trained, training, batch),
        source(trained, data.part(split.validation()), batch));
  }

  /** The same split for the same seed. */
  public Split split(LabelledTexts data, Labels labels, long seed) {
    int[] codes = labels.encode(data.source(), data.labels());
    return Split.byLabel(data.texts(), codes, shares, RandomStream.of(seed, "split"));
  }

  /** Encoded texts in batches; in their order as long as nobody shuffles. */
  static SequenceSource source(TrainedClassifier trained, LabelledTexts data, int batch) {
    List<Values> sequences = new ArrayList<>();
    for (String text : data.texts()) {
      sequences.add(Values.Codes.of(trained.vocabulary().encode(data.source(), text)));
    }
    int[] labels = trained.labels().encode(data.source(), data.labels());
    return new SequenceSource(sequences, labels, batch);
  }

  /**
   * What a classifier says of some texts, in their order.
   *
   * @return for each text the logits {@code [V]}
   */
  public static float[][] predict(TrainedClassifier trained, LabelledTexts data) {
    float[][] logits = new float[data.texts().size()][];
    SequenceSource source = source(trained, data, 64);
    int[] place = {0};
    Evaluation.run(
        trained.model(),
        source,
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
