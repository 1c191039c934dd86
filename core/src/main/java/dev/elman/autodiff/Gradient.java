package dev.elman.autodiff;

/**
 * The gradient of a node, row-major, for a step that goes through all of it, so that a weight's
 * need not be cleared and read once more.
 *
 * @param numbers to be added to; where they are stale, to be overwritten, every one
 * @param isStale whether the numbers are left over from before and stand for zeros. Where not, they
 *     are zeros or sums already
 */
public record Gradient(float[] numbers, boolean isStale) {}
