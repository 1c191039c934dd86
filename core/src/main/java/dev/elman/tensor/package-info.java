/**
 * What numbers live in: shapes, named weights in a fixed order, seeded random streams.
 *
 * <p>Comes from: nothing. Goes to: every other room.
 */
package dev.elman.tensor;
