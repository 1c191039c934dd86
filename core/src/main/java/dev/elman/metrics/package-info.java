/**
 * How good predictions are, in figures that people compare: errors, intervals, confusions,
 * perplexity.
 *
 * <p>Comes from: predictions beside what came true, as plain arrays. Goes to: training, reports.
 */
package dev.elman.metrics;
