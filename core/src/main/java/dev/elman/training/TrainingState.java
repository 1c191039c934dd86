package dev.elman.training;

import java.util.List;
import java.util.Map;

/**
 * Everything that is needed to go on with a training as if it had never stopped.
 *
 * @param epoch complete epochs
 * @param batch complete batches of the epoch after them
 * @param lossSum sum of these batches' losses
 * @param untrainedLoss mean loss of some batches before the first step; NaN before it is known
 * @param optimizerSteps steps of the optimizer
 * @param weights values of all weights, in order
 * @param slots the optimizer's, by name
 * @param carried state of the streams, for each shard and state tensor
 * @param bestWeights values at the best epoch; empty before the first
 * @param bestLoss its validation loss
 * @param bestEpoch that epoch, from 1; 0 before the first
 * @param trainingLosses of complete epochs
 * @param validationLosses of complete epochs
 */
public record TrainingState(
    int epoch,
    int batch,
    double lossSum,
    double untrainedLoss,
    long optimizerSteps,
    List<float[]> weights,
    Map<String, float[]> slots,
    List<float[][]> carried,
    List<float[]> bestWeights,
    double bestLoss,
    int bestEpoch,
    List<Double> trainingLosses,
    List<Double> validationLosses) {}
