package dev.elman.training;

/** What happens in a training, told to callbacks as it happens. */
public sealed interface TrainingEvent {
  /**
   * A batch was learned from.
   *
   * @param epoch from 1
   * @param batch from 1
   * @param batches in an epoch
   * @param tokens in this batch
   * @param loss its mean
   * @param gradientNorm global norm before gradients are clipped; blame on states may have been
   */
  record Step(int epoch, int batch, int batches, int tokens, double loss, double gradientNorm)
      implements TrainingEvent {}

  /**
   * An epoch is over.
   *
   * @param epoch from 1
   * @param trainingLoss mean over the epoch's batches, as they were learned from
   * @param validationLoss mean over the validation data; NaN where there is none
   * @param best whether these are the best weights so far
   */
  record Epoch(int epoch, double trainingLoss, double validationLoss, boolean best)
      implements TrainingEvent {}

  /**
   * Training ends, with the best weights put back.
   *
   * @param epochs how many were run
   * @param reason in words
   */
  record End(int epochs, String reason) implements TrainingEvent {}
}
