/**
 * Windows, streams and splits: sequences packed without padding.
 *
 * <p>Comes from: data, encoding. Goes to: layers, models, training.
 */
package dev.elman.batches;
