package dev.elman.bench;

import dev.elman.batches.Source;
import dev.elman.models.Model;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingEvent;
import dev.elman.training.TrainingPlan;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/**
 * A {@link Trainer} that does one step whenever it is run: what is timed is a user's whole step. It
 * works on a thread of its own, which waits in between.
 */
final class StepwiseTraining implements Runnable, AutoCloseable {
  private final Semaphore asked = new Semaphore(0);
  private final Semaphore done = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private volatile Throwable failure; // null while there is none

  /** A training that is not begun before the first run, in which the untrained loss is found. */
  StepwiseTraining(Model model, TrainingPlan plan, Source source) {
    thread = new Thread(() -> train(model, plan, source), "elman-training");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (ended, cause) -> {
          failure = cause;
          done.release();
        });
    thread.start();
  }

  private void train(Model model, TrainingPlan plan, Source source) {
    await();
    try (Trainer trainer =
        new Trainer(model, plan, source, null, List.of((event, state) -> after(event)))) {
      trainer.run();
    }
  }

  private void after(TrainingEvent event) {
    if (event instanceof TrainingEvent.Step) {
      done.release();
      await();
    }
  }

  private void await() {
    asked.acquireUninterruptibly();
    if (closed) {
      throw new CancellationException("The benchmark is over.");
    }
  }

  @Override
  public void run() {
    asked.release();
    done.acquireUninterruptibly();
    if (failure instanceof OutOfMemoryError full) {
      throw full;
    }
    if (failure != null) {
      throw new IllegalStateException("The training failed: " + failure, failure);
    }
  }

  @Override
  public void close() {
    closed = true;
    asked.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
