/**
 * A task from end to end: data in, a model with its encodings out, measured beside honest floors.
 *
 * <p>Comes from: all rooms above. Goes to: checkpoints, the command line.
 */
package dev.elman.tasks;
