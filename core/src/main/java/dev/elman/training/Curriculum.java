package dev.elman.training;

import dev.elman.batches.Source;

/** Which sequences each epoch reads, and how many steps that makes: the shorter ones at first. */
final class Curriculum {
  private final TrainingPlan plan;
  private final Source source;
  private final long[] before; // steps before each epoch of the curriculum, and the one after it
  private final int batches; // of an epoch that reads all

  Curriculum(TrainingPlan plan, Source source) {
    this.plan = plan;
    this.source = source;
    before = new long[plan.curriculum() + 1];
    for (int epoch = 0; epoch < plan.curriculum(); epoch++) {
      source.shorter(plan.share(epoch));
      before[epoch + 1] = before[epoch] + source.batches();
    }
    if (plan.curriculum() > 0) {
      source.shorter(1);
    }
    batches = source.batches();
  }

  /** Has the source read what an epoch, counted from 0, is to learn from. */
  void begin(int epoch) {
    if (plan.curriculum() > 0) {
      source.shorter(plan.share(epoch));
    }
  }

  /** How many steps there are before an epoch. */
  long stepsBefore(int epoch) {
    int last = Math.min(epoch, plan.curriculum());
    return before[last] + (long) (epoch - last) * batches;
  }
}
