package dev.elman.autodiff;

/**
 * The gradient of a node, row-major, for a step that goes through all of it.
 *
 * @param numbers to be added to; where they are new, to be written
 * @param isNew whether no blame has reached the node yet: the numbers are those of an earlier batch
 *     and stand for zeros. So a weight's gradient need not be cleared and read once more
 */
public record Gradient(float[] numbers, boolean isNew) {}
