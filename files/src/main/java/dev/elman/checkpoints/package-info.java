/**
 * Models on disk: safetensors files, and folders that survive a killed writer.
 *
 * <p>Comes from: {@code training}, with the weights of a model and all that resuming needs.
 *
 * <p>Goes to: a file, and back into {@code models}.
 */
package dev.elman.checkpoints;
