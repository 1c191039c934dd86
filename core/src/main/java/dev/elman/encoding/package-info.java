/**
 * From data to numbers and back: vocabularies, scaling, labels; saved with the model.
 *
 * <p>Comes from: data. Goes to: batches, models, checkpoints.
 */
package dev.elman.encoding;
