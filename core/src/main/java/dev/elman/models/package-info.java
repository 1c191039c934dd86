/**
 * Layers and a loss wired for a task: forecaster, language model, classifier, model of sequences.
 *
 * <p>Comes from: layers, losses. Goes to: training, checkpoints, generation.
 */
package dev.elman.models;
