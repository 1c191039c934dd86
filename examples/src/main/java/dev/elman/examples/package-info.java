/**
 * Small complete programs: what a network can learn, run by {@code elman example}; how Elman is
 * called from Java; how the example data was made.
 *
 * <p>Comes from: {@code examples/data}.
 *
 * <p>Goes to: the reader, and the command line, which lists {@link dev.elman.examples.Examples}.
 */
package dev.elman.examples;
