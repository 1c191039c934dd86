/**
 * A cell over time; dense, embedding, dropout; both directions; stacks.
 *
 * <p>Comes from: cells, batches. Goes to: models.
 */
package dev.elman.layers;
