package dev.elman.batches;

/**
 * Sequences packed together, and what is to be learned from them.
 *
 * @param packing where each token stands
 * @param inputs one row for each of N tokens
 * @param targets one row a token, or one a sequence, as the model says
 */
public record Batch(Packing packing, Values inputs, Values targets) {}
