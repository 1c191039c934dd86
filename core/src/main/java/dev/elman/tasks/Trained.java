package dev.elman.tasks;

import dev.elman.models.Model;

/** A model together with the encodings of its data: all that is needed to use it, and saved. */
public sealed interface Trained
    permits TrainedForecaster,
        TrainedLanguageModel,
        TrainedClassifier,
        TrainedSequenceModel,
        TrainedTranslator {
  Model model();
}
