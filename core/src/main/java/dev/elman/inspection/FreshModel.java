package dev.elman.inspection;

import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.Forecaster;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.models.SequenceModel;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tasks.TrainedSequenceModel;
import dev.elman.tasks.TrainedTranslator;

/** A model as it was before its training: the same settings, first weights. */
public final class FreshModel {
  private FreshModel() {}

  /** The same model with first weights from a seed. */
  public static Model of(Trained trained, long seed) {
    return trained instanceof TrainedTranslator translator
        ? new EncoderDecoder(translator.model().settings(), seed)
        : of(trained, recurrent(trained).cell(), seed);
  }

  /** The same with another cell; of a translator in both networks. */
  public static Model of(Trained trained, String cell, long seed) {
    if (trained instanceof TrainedTranslator translator) {
      EncoderDecoder.Settings s = translator.model().settings();
      return new EncoderDecoder(
          new EncoderDecoder.Settings(
              side(s.source(), cell), side(s.target(), cell), s.link(), s.feedback(), s.training()),
          seed);
    }
    RecurrentStack recurrent = recurrent(trained).withCell(cell);
    if (trained instanceof TrainedForecaster forecaster) {
      Forecaster.Settings s = forecaster.model().settings();
      return new Forecaster(
          new Forecaster.Settings(s.inputs(), s.targets(), s.horizon(), s.quantiles(), recurrent),
          seed);
    }
    if (trained instanceof TrainedLanguageModel text) {
      LanguageModel.Settings s = text.model().settings();
      return new LanguageModel(
          new LanguageModel.Settings(
              s.symbols(), s.embedding(), s.output(), s.labelSmoothing(), recurrent),
          seed);
    }
    if (trained instanceof TrainedSequenceModel sequences) {
      SequenceModel.Settings s = sequences.model().settings();
      return new SequenceModel(
          new SequenceModel.Settings(
              s.rows(), s.embedding(), s.ending(), s.clock(), s.context(), recurrent),
          seed);
    }
    Classifier.Settings s = ((TrainedClassifier) trained).model().settings();
    return new Classifier(
        new Classifier.Settings(
            s.symbols(), s.columns(), s.labels(), s.pooling(), s.labelSmoothing(), recurrent),
        seed);
  }

  private static EncoderDecoder.Side side(EncoderDecoder.Side side, String cell) {
    return new EncoderDecoder.Side(side.symbols(), side.columns(), side.recurrent().withCell(cell));
  }

  /** The settings of the network of a model that has one. */
  public static RecurrentStack recurrent(Trained trained) {
    if (trained instanceof TrainedForecaster forecaster) {
      return forecaster.model().settings().recurrent();
    }
    if (trained instanceof TrainedLanguageModel text) {
      return text.model().settings().recurrent();
    }
    if (trained instanceof TrainedSequenceModel sequences) {
      return sequences.model().settings().recurrent();
    }
    if (trained instanceof TrainedClassifier classifier) {
      return classifier.model().settings().recurrent();
    }
    throw new IllegalArgumentException(
        "Fresh weights: expected a model of one network, got a "
            + trained.model().task()
            + ".\nLikely cause: its settings are of another kind."
            + "\nCure: leave --fresh and --cells away.");
  }
}
