package dev.elman.training;

import java.util.function.Supplier;

/** Is told what happens in a training. */
@FunctionalInterface
public interface Callback {
  /**
   * Called on the training thread after each event.
   *
   * @param state takes a copy of everything needed to go on from here
   */
  void on(TrainingEvent event, Supplier<TrainingState> state);
}
