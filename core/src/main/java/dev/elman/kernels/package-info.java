/**
 * Where the time goes: products, gate activations and reductions over plain float arrays.
 *
 * <p>Comes from: {@link dev.elman.tensor}. Goes to: {@link dev.elman.autodiff} and every layer.
 */
package dev.elman.kernels;
