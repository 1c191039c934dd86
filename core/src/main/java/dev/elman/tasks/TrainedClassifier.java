package dev.elman.tasks;

import dev.elman.encoding.Labels;
import dev.elman.encoding.Vocabulary;
import dev.elman.models.Classifier;

/**
 * A classifier of texts, the symbols that it knows and its labels.
 *
 * @param model the network
 * @param vocabulary its symbols
 * @param labels the classes
 * @param textColumn the column with the texts; empty where each text is a file
 * @param labelColumn the column with the labels; empty where they are names of folders
 */
public record TrainedClassifier(
    Classifier model, Vocabulary vocabulary, Labels labels, String textColumn, String labelColumn)
    implements Trained {}
