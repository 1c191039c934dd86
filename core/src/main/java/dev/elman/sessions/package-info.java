/**
 * One stream through a model: a step in, a prediction out; its state as bytes.
 *
 * <p>Comes from: models. Goes to: generation.
 */
package dev.elman.sessions;
