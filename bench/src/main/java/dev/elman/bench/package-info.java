/**
 * How fast recurrent layers run and train, and in what memory, on shapes from a file.
 *
 * <p>Comes from: layers, training. Goes to: the command line.
 */
package dev.elman.bench;
