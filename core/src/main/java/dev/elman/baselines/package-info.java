/**
 * What a model must beat to be worth its training: naive forecasts, the most frequent class,
 * n-grams.
 *
 * <p>Comes from: encoding. Goes to: the report that stands beside a model's own figures.
 */
package dev.elman.baselines;
