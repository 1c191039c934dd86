package dev.elman.tasks;

import dev.elman.encoding.Vocabulary;
import dev.elman.models.LanguageModel;

/**
 * A language model and the symbols that it knows.
 *
 * @param model the network
 * @param vocabulary its symbols
 */
public record TrainedLanguageModel(LanguageModel model, Vocabulary vocabulary) implements Trained {}
