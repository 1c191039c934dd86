/**
 * Small complete programs: how the example data was made, and what can be learnt from it.
 *
 * <p>Comes from: {@code examples/data}.
 *
 * <p>Goes to: the reader.
 */
package dev.elman.examples;
