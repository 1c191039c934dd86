/**
 * What a model must beat to be worth its training: naive forecasts, the most frequent class, the
 * nearest neighbour, n-grams.
 *
 * <p>Comes from: encoding, batches. Goes to: the report that stands beside a model's own figures.
 */
package dev.elman.baselines;
