package dev.elman.layers;

/**
 * How the weights of a new layer begin.
 *
 * @param initialisation of matrices and biases
 * @param seed of the initial weights and nothing else
 */
public record Start(Initialisation initialisation, long seed) {}
