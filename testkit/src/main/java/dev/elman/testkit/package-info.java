/**
 * Oracles for Elman's own cells, layers and losses, and for yours: gradients by finite differences,
 * and the equations in double precision as plain loops.
 *
 * <p>Comes from: core. Goes to: tests.
 */
package dev.elman.testkit;
