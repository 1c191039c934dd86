/**
 * How wrong a prediction is, as one number: cross-entropy, squared, absolute, Huber, quantile; and
 * distributions, whose loss is the negative log-likelihood.
 *
 * <p>Comes from: autodiff, batches. Goes to: models, training.
 */
package dev.elman.losses;
