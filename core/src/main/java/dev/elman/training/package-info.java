/**
 * The loop: (truncated) backpropagation through time, evaluation, early stopping, events.
 *
 * <p>Comes from: models, optimizers, batches. Goes to: checkpoints, the command line.
 */
package dev.elman.training;
