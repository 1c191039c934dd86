package dev.elman.generation;

/**
 * A sequence that a decoder has written.
 *
 * @param codes its symbols, without the end
 * @param ended whether it was ended by the decoder, and not cut at its longest
 * @param logProbability of the symbols and the end, in nats
 * @param score what a search ranks it by
 * @param alignment {@code [steps, source steps]}: where the decoder looked at each symbol, and at
 *     the end; null without attention
 */
public record WrittenSequence(
    int[] codes, boolean ended, double logProbability, double score, float[][] alignment) {}
