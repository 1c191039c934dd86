package dev.elman.tasks;

import dev.elman.encoding.Labels;
import dev.elman.models.Classifier;

/**
 * A classifier of texts or of sequences of numbers, how it reads them, and its labels.
 *
 * @param model the network
 * @param encoding how sequences are read
 * @param labels the classes
 * @param labelColumn the column with the labels; empty where they are names of folders
 */
public record TrainedClassifier(
    Classifier model, SequenceEncoding encoding, Labels labels, String labelColumn)
    implements Trained {}
