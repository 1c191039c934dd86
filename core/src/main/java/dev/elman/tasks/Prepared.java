package dev.elman.tasks;

import dev.elman.batches.Source;

/**
 * A model that is yet to be trained, and the data for it.
 *
 * @param trained the model with its first weights, and its encodings
 * @param training to learn from
 * @param validation to choose the best weights by
 */
public record Prepared<T extends Trained>(T trained, Source training, Source validation) {}
