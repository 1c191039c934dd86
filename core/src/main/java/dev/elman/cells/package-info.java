/**
 * One time step, written as its equations.
 *
 * <p>Comes from: autodiff. Goes to: layers.
 */
package dev.elman.cells;
