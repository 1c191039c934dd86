/**
 * Oracles that hold cells, layers and losses to their equations: Elman's own and a user's.
 *
 * <p>Comes from: core. Goes to: tests.
 */
package dev.elman.testkit;
