/**
 * From a model to symbols: sampling and rules for when to stop.
 *
 * <p>Comes from: models. Goes to: the command line.
 */
package dev.elman.generation;
