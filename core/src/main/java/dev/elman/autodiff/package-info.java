/**
 * The tape: what was computed, so that blame can flow back through it.
 *
 * <p>Comes from: tensor, kernels. Goes to: cells, layers, losses, models.
 */
package dev.elman.autodiff;
