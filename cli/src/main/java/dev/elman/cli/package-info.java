/**
 * The command line: one class for each command.
 *
 * <p>Comes from: tasks, checkpoints, bench. Goes to: people.
 */
package dev.elman.cli;
