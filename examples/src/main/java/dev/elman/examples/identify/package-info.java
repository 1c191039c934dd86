/**
 * Identifying a controlled system from its record: a network that learns how a room or a cart with
 * a pole answers to actions, rolled out under actions that it has never seen.
 *
 * <p>Comes from: differential equations, which only the simulation knows.
 *
 * <p>Goes to: the reader.
 */
package dev.elman.examples.identify;
