/**
 * How wrong a prediction is, as one number: cross-entropy, squared, absolute, Huber, quantile,
 * Bernoulli.
 *
 * <p>Comes from: autodiff, batches. Goes to: models, training.
 */
package dev.elman.losses;
