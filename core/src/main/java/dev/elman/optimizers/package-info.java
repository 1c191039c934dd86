/**
 * From gradients to new weights: SGD, RMSProp, Adam, AdamW; schedules and clipping.
 *
 * <p>Comes from: tensor. Goes to: training.
 */
package dev.elman.optimizers;
