/**
 * How fast Deeplearning4j's LSTM runs and trains, on shapes from a file.
 *
 * <p>Comes from: Deeplearning4j. Goes to: the comparison of programs.
 */
package dev.elman.bench.deeplearning4j;
